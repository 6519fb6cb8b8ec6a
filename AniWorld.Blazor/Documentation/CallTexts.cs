using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AniWorld.Blazor.Documentation;

/// <summary>Says of each call what it does beyond its summary, with an example of what it takes and answers, from <c>calls.json</c>.</summary>
internal sealed partial class CallTexts : IOpenApiOperationTransformer
{
    private static readonly Texts All = Read();

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (All.Parameters.GetValueOrDefault(parameter.Name!) is { } text)
            {
                parameter.Description = text.Description;
                parameter.Example = text.Example?.DeepClone();
            }
        }

        var path = Constraint().Replace(context.Description.RelativePath?.TrimEnd('/') ?? "", "");
        if (All.Calls.GetValueOrDefault($"{context.Description.HttpMethod} /{path}") is { } call)
        {
            operation.Description = call.Description;
            Give(operation.RequestBody?.Content, call.Request);
            foreach (var (_, answer) in operation.Responses?.Where(answer => answer.Key.StartsWith('2')) ?? [])
            {
                Give(answer.Content, call.Answer);
            }

            foreach (var (_, answer) in operation.Responses?.Where(answer => !answer.Key.StartsWith('2')) ?? [])
            {
                Give(answer.Content?.Where(body => body.Key == MediaTypeNames.Application.Json).ToDictionary(), call.Refusal);
            }
        }

        return Task.CompletedTask;
    }

    private static void Give(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        foreach (var body in content?.Values ?? [])
        {
            body.Example = example?.DeepClone();
        }
    }

    private static Texts Read()
    {
        using var file = typeof(CallTexts).Assembly.GetManifestResourceStream("AniWorld.Blazor.Documentation.calls.json")!;
        return JsonSerializer.Deserialize<Texts>(file, JsonSerializerOptions.Web)!;
    }

    /// <summary>As in <c>{itemId:guid}</c>.</summary>
    [GeneratedRegex(@":\w+(?=\})")]
    private static partial Regex Constraint();

    /// <param name="Parameters">By name, the same for all calls.</param>
    /// <param name="Calls">By method and path.</param>
    private sealed record Texts(IReadOnlyDictionary<string, ParameterText> Parameters, IReadOnlyDictionary<string, CallText> Calls);

    private sealed record ParameterText(string Description, JsonNode? Example);

    /// <param name="Refusal">Of a call that refuses with something else than a problem.</param>
    private sealed record CallText(string Description, JsonNode? Request, JsonNode? Answer, JsonNode? Refusal);
}

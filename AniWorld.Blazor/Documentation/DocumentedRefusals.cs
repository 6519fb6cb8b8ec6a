using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace AniWorld.Blazor.Documentation;

/// <summary>
/// Documents each call's refusals: those that its handler names (<see cref="Refusal"/>), and those that come before the handler or
/// from below it, such as no log-in, bad JSON or a busy database.
/// </summary>
internal sealed class DocumentedRefusals : IOpenApiOperationTransformer
{
    private const string Problem = "Problem";

    private static OpenApiSchema Text => new() { Type = JsonSchemaType.String };

    /// <summary>The one shape of all refusals.</summary>
    public static void Define(OpenApiDocument document) => document.AddComponent(Problem, new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457: detail says in one sentence what to do, errors names the members that are wrong.",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text,
            ["title"] = Text,
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text,
            ["trace_id"] = Text,
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text },
            },
        },
    });

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        var own = context.Description.ActionDescriptor.EndpointMetadata.OfType<Refusal>()
            .Select(refusal => (refusal.Status, ReasonPhrases.GetReasonPhrase(refusal.Status)));
        foreach (var (status, description) in own.Concat(Common(operation, context)).OrderBy(refusal => refusal.Status))
        {
            operation.Responses.TryAdd($"{status}", new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new()
                    {
                        Schema = new OpenApiSchemaReference(Problem, context.Document),
                        Example = Example(status, description),
                    },
                },
            });
        }

        return Task.CompletedTask;
    }

    private static JsonObject Example(int status, string detail)
    {
        var problem = new JsonObject
        {
            ["type"] = "https://tools.ietf.org/html/rfc9110#section-15",
            ["title"] = ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["detail"] = $"{detail}.",
            ["trace_id"] = "d33e01ee366fcf46c17f1d472bab2003",
        };
        if (status is StatusCodes.Status422UnprocessableEntity)
        {
            problem["errors"] = new JsonObject { ["episodes[2].season"] = new JsonArray("Seasons count from 1; 0 is films and specials.") };
        }

        return problem;
    }

    private static IEnumerable<(int Status, string Description)> Common(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        yield return (400, "Not JSON, or a host name that this server does not answer to");
        if (!Callers.IsPublic(context))
        {
            yield return (401, "No token, or a bad, expired or revoked one");
            yield return (403, "The key lacks the scope, or the page is of another origin");
        }

        if (operation.RequestBody is not null)
        {
            yield return (413, "The body is too large");
            yield return (415, "The body is not application/json");
        }

        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
        {
            yield return (422, "A wrong type, an unknown member or a broken rule; errors names it");
        }

        yield return (500, "A fault of ours; the log has it under the trace_id");
        yield return (503, "Starting, stopping, or the database is busy; Retry-After says when to try again");
        if (context.Description.HttpMethod is not "GET")
        {
            yield return (507, "The disk is full");
        }
    }
}

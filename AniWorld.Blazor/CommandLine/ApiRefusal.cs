using System.Text.Json;

namespace AniWorld.Blazor.CommandLine;

/// <summary>The server said no; the message is its sentence.</summary>
internal sealed class ApiRefusal(int status, string sentence) : Exception(sentence)
{
    private const int LongestErrors = 20;

    public int Status { get; } = status;

    public int ExitCode => Status switch
    {
        StatusCodes.Status404NotFound => CommandLine.ExitCode.NotFound,
        StatusCodes.Status400BadRequest or StatusCodes.Status422UnprocessableEntity => CommandLine.ExitCode.Usage,
        _ => CommandLine.ExitCode.Failed,
    };

    public static async Task<ApiRefusal> OfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(cancellationToken));
            var detail = problem.GetProperty("detail").GetString();
            return new(status, problem.TryGetProperty("errors", out var errors) ? $"{detail}{Lines(errors, detail)}" : detail ?? $"The server answered {status}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new(status, $"The server answered {status}; its log says more.");
        }
    }

    /// <summary>What is wrong with which member, unless the one sentence said so already.</summary>
    private static string Lines(JsonElement errors, string? said) => string.Concat(errors.EnumerateObject()
        .SelectMany(member => member.Value.EnumerateArray().Select(message => (member.Name, Message: message.GetString())))
        .Where(error => error.Message != said)
        .Take(LongestErrors)
        .Select(error => $"\n  {error.Name}: {error.Message}"));
}

using System.Text.Json;
using AniWorld.Data;
using AniWorld.Services.Faults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor;

/// <summary>What no handler dealt with, as a problem: bad JSON, a busy or full database, and whatever nobody foresaw (500, no detail).</summary>
internal sealed class UnhandledFaults(ILogger<UnhandledFaults> logger) : IExceptionHandler
{
    private const int ErrnoNoSpace = 28;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is the error page's by now.
        PathString path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (!path.StartsWithSegments("/api"))
        {
            return false;
        }

        var problem = exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
            BadHttpRequestException bad => Problems.Of(bad.StatusCode, "Bad request", bad.Message),
            FaultException { Code: FaultCode.DiskFull } fault => Problems.DiskFull(fault.Message),
            FaultException fault => Problems.Of(StatusCodes.Status502BadGateway, fault.Code, fault.Message),
            IOException { HResult: ErrnoNoSpace } => Problems.DiskFull("The disk is full; free some space and try again."),
            _ when DatabaseErrors.IsBusy(exception) => Problems.Unavailable(
                httpContext, "The database is busy; try again in a few seconds.", TimeSpan.FromSeconds(5)),
            _ when DatabaseErrors.IsFull(exception) => Problems.DiskFull(
                "The disk that holds the database is full; free some space and try again. Nothing was changed."),
            _ => (ProblemHttpResult?)null,
        };
        if (problem is null)
        {
            logger.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, path);
            problem = Problems.Of(
                StatusCodes.Status500InternalServerError,
                "Internal error",
                "Something went wrong here; the log says more under this trace_id.");
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Text that is no JSON is a bad request; JSON of another shape (wrong type, unknown or absent member) is invalid.</summary>
    private static ProblemHttpResult OfJson(JsonException json)
    {
        if (json.InnerException is JsonException || json.InnerException?.GetType().Name == "JsonReaderException")
        {
            return Problems.BadRequest("The body is not valid JSON; check its brackets, quotes and commas.");
        }

        var member = json.Path?.TrimStart('$', '.') ?? "";
        return Problems.Invalid(member.Length == 0 ? "body" : member, FirstSentence(json.Message));
    }

    // System.Text.Json's messages end in position details that a caller cannot use.
    private static string FirstSentence(string message) => message.Split(" Path: ")[0];
}

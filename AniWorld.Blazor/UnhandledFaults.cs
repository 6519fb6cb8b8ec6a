using AniWorld.Blazor.Layout;
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
        if (!ProgramPaths.Contains(path))
        {
            return false;
        }

        var problem = exception switch
        {
            BadHttpRequestException bad => BadRequests.Of(bad, httpContext.Request),
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
}

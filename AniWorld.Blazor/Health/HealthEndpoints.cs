using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>Whether the server lives, and whether it can do its work. Public, so it names no path, address or site.</summary>
internal static class HealthEndpoints
{
    private sealed record Liveness(string Status);

    /// <param name="Status"><c>ready</c> or <c>unready</c>.</param>
    /// <param name="Checks">By name.</param>
    private sealed record Readiness(string Status, IReadOnlyDictionary<string, Check> Checks);

    /// <param name="State"><c>ok</c>, <c>warning</c> (it works, somebody should look) or <c>failed</c> (part of the work cannot be done).</param>
    /// <param name="Message">A sentence.</param>
    private sealed record Check(string State, string Message);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        // Answered before anybody looks who asks: that takes the database, which may be what is away.
        group.MapGet("/", () => TypedResults.Ok(new Liveness("healthy"))).WithSummary("The process lives").ShortCircuit();
        group.MapGet("/ready", ReadyAsync)
            .WithSummary("It can do its work: database, library, free disk, sources and the queue's worker")
            .Produces<Readiness>()
            .Produces<Readiness>(StatusCodes.Status503ServiceUnavailable)
            .ShortCircuit();
    }

    private static async Task<JsonHttpResult<Readiness>> ReadyAsync(ReadinessReport report)
    {
        var now = await report.GetAsync();
        var ready = now.Status is not HealthStatus.Unhealthy;
        return TypedResults.Json(
            new Readiness(ready ? "ready" : "unready", now.Entries.ToDictionary(check => check.Key, check => Of(check.Value))),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <remarks>Where a check gave up, the framework's words may name a path or an address; those are for the log.</remarks>
    private static Check Of(HealthReportEntry entry) => new(
        entry.Status switch
        {
            HealthStatus.Healthy => "ok",
            HealthStatus.Degraded => "warning",
            _ => "failed",
        },
        entry is { Exception: null, Description: { } sentence } ? sentence : "This could not be looked at; the log says why.");
}

using AniWorld.Blazor.Documentation;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Library;

/// <summary>Scans over HTTP, under <c>/api/anime/rescan</c>.</summary>
internal static class ScanEndpoints
{
    public static void MapScans(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/anime/rescan").WithTags("Anime");
        group.MapPost("/", StartAsync).WithSummary("Scan the library, or one series").Refuses(404, 409);
        group.MapGet("/", LatestAsync).WithSummary("The running or last scan").Refuses(404);
        group.MapDelete("/", CancelAsync).WithSummary("Cancel the running scan").Refuses(409);
    }

    private static async Task<Results<Accepted<ScanStarted>, ProblemHttpResult>> StartAsync(
        ScanService scans, CancellationToken cancellationToken, string? key = null) =>
        await scans.StartAsync(key, cancellationToken: cancellationToken) switch
        {
            ScanStart.Started(var id) => TypedResults.Accepted("/api/anime/rescan", new ScanStarted("started", id.ToString("N"))),
            ScanStart.AlreadyRunning => Problems.Conflict("A scan is running already; wait for its end or cancel it."),
            _ => Problems.NotFound($"No series has the key '{key}'; it may have been removed."),
        };

    private static async Task<Results<Ok<ScanJson>, ProblemHttpResult>> LatestAsync(ScanService scans, CancellationToken cancellationToken) =>
        await scans.LatestAsync(cancellationToken) is { } run
            ? TypedResults.Ok(ScanJson.From(run))
            : Problems.NotFound("No scan ran yet; start one with POST.");

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(ScanService scans, CancellationToken cancellationToken) =>
        await scans.CancelAsync(cancellationToken) ? TypedResults.NoContent() : Problems.Conflict("No scan is running.");
}

using AniWorld.Blazor.Documentation;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Downloads;

/// <summary>The download queue over HTTP, under <c>/api/queue</c>.</summary>
internal static class QueueEndpoints
{
    public static RouteGroupBuilder MapQueue(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/queue").WithTags("Queue");
        group.MapGet("/status", StatusAsync).WithSummary("The queue at a glance");
        group.MapGet("/items", ItemsAsync).WithEntityTags().WithSummary("Queue items, paged");
        group.MapPost("/add", AddAsync).WithSummary("Queue episodes of a series").Refuses(404);
        group.MapDelete("/{itemId:guid}", RemoveAsync).WithSummary("Take one download out of the lists").Refuses(404);
        group.MapPatch("/{itemId:guid}", ChangeAsync).WithSummary("Change one download's priority or pause it").Refuses(404, 409);
        group.MapPost("/start", StartAsync).WithSummary("Let the queue take items");
        group.MapPost("/stop", StopAsync).WithSummary("Take no new item, return active ones to pending");
        group.MapPost("/pause", PauseAsync).WithSummary("Hold all active downloads");
        group.MapPost("/resume", ResumeAsync).WithSummary("Go on with held downloads");
        group.MapPost("/retry", RetryAsync).WithSummary("Queue failed downloads again");
        group.MapPost("/reorder", ReorderAsync).WithSummary("Put these downloads in this order");
        group.MapDelete("/completed", ClearCompletedAsync).WithSummary("Take completed downloads off the list");
        group.MapDelete("/failed", ClearFailedAsync).WithSummary("Take failed downloads off the list");
        return group;
    }

    private static async Task<Ok<QueueStatus>> StatusAsync(
        DownloadService downloads, ProgressService progress, CancellationToken cancellationToken)
    {
        var state = await downloads.StateAsync(cancellationToken);
        return TypedResults.Ok(new QueueStatus(
            state.IsRunning,
            state.IsPaused,
            [.. state.Active.Select(item => DownloadItem.From(item, Live(progress, item.Id)))],
            [.. state.Pending.Select(item => DownloadItem.From(item))],
            [.. state.Completed.Select(item => DownloadItem.From(item))],
            [.. state.Failed.Select(item => DownloadItem.From(item))],
            QueueStatisticsJson.From(state.Statistics)));
    }

    private static async Task<Results<Ok<DownloadItem[]>, ProblemHttpResult>> ItemsAsync(
        DownloadService downloads,
        HttpContext context,
        CancellationToken cancellationToken,
        string? status = null,
        int page = 1,
        int per_page = 100)
    {
        var chosen = DownloadStatus.Pending;
        if (status is not null && !ContractJson.TryParse(status, out chosen))
        {
            return Problems.Invalid("status", $"'{status}' is no status; use one such as pending, downloading or failed.");
        }

        if (Paging.Problem(page, per_page) is { } problem)
        {
            return problem;
        }

        var found = await downloads.ListAsync(status is null ? null : chosen, page, per_page, cancellationToken);
        Paging.SetTotal(context, found.Total);
        return TypedResults.Ok(found.Items.Select(item => DownloadItem.From(item)).ToArray());
    }

    private static async Task<Results<Created<EnqueueAnswer>, ProblemHttpResult>> AddAsync(
        DownloadRequest request, DownloadService downloads, CancellationToken cancellationToken)
    {
        Language? language = request.Language is { } code ? Language.Parse(code) : null;
        var result = await downloads.EnqueueAsync(
            new EnqueueRequest(request.SerieId, request.Episodes, request.Priority, language), cancellationToken);
        return result.SeriesKnown
            ? TypedResults.Created(
                (string?)null, new EnqueueAnswer([.. result.Added.Select(id => id.ToString("N"))], result.Skipped))
            : Problems.NotFound($"No series has the key '{request.SerieId}'; add it first.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid itemId, DownloadService downloads, CancellationToken cancellationToken) =>
        await downloads.RemoveAsync(itemId, cancellationToken) ? TypedResults.NoContent() : Unknown(itemId);

    private static async Task<Results<Ok<DownloadItem>, ProblemHttpResult>> ChangeAsync(
        Guid itemId, DownloadChangeRequest change, DownloadService downloads, CancellationToken cancellationToken) =>
        await downloads.ChangeAsync(itemId, new DownloadChange(change.Priority, change.Paused), cancellationToken) switch
        {
            ChangeResult.Changed(var item) => TypedResults.Ok(DownloadItem.From(item)),
            ChangeResult.Unknown => Unknown(itemId),
            _ => Problems.Conflict("The download is finished; a finished one has no priority and cannot be paused."),
        };

    private static Task<Ok<QueueStatus>> StartAsync(
        DownloadService downloads, ProgressService progress, CancellationToken cancellationToken) =>
        StatusAfterAsync(downloads.StartAsync(cancellationToken), downloads, progress, cancellationToken);

    private static Task<Ok<QueueStatus>> StopAsync(
        DownloadService downloads, ProgressService progress, CancellationToken cancellationToken) =>
        StatusAfterAsync(downloads.StopAsync(cancellationToken), downloads, progress, cancellationToken);

    private static Task<Ok<QueueStatus>> PauseAsync(
        DownloadService downloads, ProgressService progress, CancellationToken cancellationToken) =>
        StatusAfterAsync(downloads.PauseAsync(cancellationToken), downloads, progress, cancellationToken);

    private static Task<Ok<QueueStatus>> ResumeAsync(
        DownloadService downloads, ProgressService progress, CancellationToken cancellationToken) =>
        StatusAfterAsync(downloads.ResumeAsync(cancellationToken), downloads, progress, cancellationToken);

    private static async Task<Ok<Retried>> RetryAsync(
        DownloadService downloads, CancellationToken cancellationToken, RetryRequest? request = null) =>
        TypedResults.Ok(new Retried(await downloads.RetryAsync(request?.ItemIds, cancellationToken)));

    private static Task<Ok<QueueStatus>> ReorderAsync(
        ReorderRequest request, DownloadService downloads, ProgressService progress, CancellationToken cancellationToken) =>
        StatusAfterAsync(downloads.ReorderAsync(request.ItemIds, cancellationToken), downloads, progress, cancellationToken);

    private static async Task<Ok<Removed>> ClearCompletedAsync(DownloadService downloads, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Removed(await downloads.ClearCompletedAsync(cancellationToken)));

    private static async Task<Ok<Removed>> ClearFailedAsync(DownloadService downloads, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Removed(await downloads.ClearFailedAsync(cancellationToken)));

    private static async Task<Ok<QueueStatus>> StatusAfterAsync(
        Task change, DownloadService downloads, ProgressService progress, CancellationToken cancellationToken)
    {
        await change;
        return await StatusAsync(downloads, progress, cancellationToken);
    }

    private static ProblemHttpResult Unknown(Guid itemId) =>
        Problems.NotFound($"No download has the id {itemId:N}; it may have been removed.");

    /// <summary>What the hub knows of a running download is newer than what is stored.</summary>
    private static QueueProgress? Live(ProgressService progress, Guid id) => progress.Latest(id) is { } latest
        ? new QueueProgress(
            WireUnits.Percent(latest.Percent),
            WireUnits.Mebibytes(latest.DownloadedBytes),
            latest.TotalBytes is { } total ? WireUnits.Mebibytes(total) : null,
            WireUnits.Mebibytes(latest.Speed),
            WireUnits.WholeSeconds(latest.TimeLeft))
        : null;
}

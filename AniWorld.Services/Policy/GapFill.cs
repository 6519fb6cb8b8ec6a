using System.Linq.Expressions;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Policy;

/// <summary>Queues what the decisions ask for, for the series that are set to be completed by themselves.</summary>
public sealed class GapFill
{
    private readonly DecisionReview _review;
    private readonly DownloadService _downloads;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly ILogger<GapFill> _logger;

    internal GapFill(
        DecisionReview review, DownloadService downloads, IOptionsMonitor<AniWorldOptions> options, ILogger<GapFill> logger) =>
        (_review, _downloads, _options, _logger) = (review, downloads, options, logger);

    /// <summary>Queues all that is due now, what was waiting for a date that has come included.</summary>
    /// <returns>How many episodes were queued.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => RunAsync(_ => true, cancellationToken);

    /// <inheritdoc cref="RunAsync(CancellationToken)" path="/summary|/returns"/>
    /// <param name="keys">Only these series.</param>
    public Task<int> RunAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        RunAsync(series => keys.Contains(series.Key), cancellationToken);

    /// <summary>The same after a scan that asked no site: nothing is new of a series whose folder is as it was.</summary>
    /// <param name="changed">Keys of the series whose folders are not.</param>
    public Task<int> AfterScanAsync(IReadOnlyCollection<string> changed, CancellationToken cancellationToken)
    {
        var byDefault = FillsByDefault;
        return RunAsync(series => changed.Contains(series.Key) || (series.AutoDownload ?? byDefault), cancellationToken);
    }

    private bool FillsByDefault => _options.CurrentValue.Scheduler.AutoDownloadAfterRescan;

    private async Task<int> RunAsync(Expression<Func<AnimeSeries, bool>> which, CancellationToken cancellationToken)
    {
        var byDefault = FillsByDefault;
        var queued = 0;
        await foreach (var (series, episodes) in _review.RunAsync(which, cancellationToken))
        {
            var due = episodes.Where(e => e.Decision.Fetch is not null).Select(e => new EpisodeNumber(e.Known.Season, e.Known.Number)).ToList();
            if (due.Count == 0 || !(series.AutoDownload ?? byDefault))
            {
                continue;
            }

            // Films and specials last, as on the series' page.
            var request = new EnqueueRequest(
                series.Key, [.. due.OrderBy(e => e.Season == 0).ThenBy(e => e.Season).ThenBy(e => e.Episode)])
            { ByItself = true };
            var result = await _downloads.EnqueueAsync(request, cancellationToken);
            _logger.LogInformation("Queued {Count} episodes of {Key} by itself", result.Added.Count, series.Key);
            queued += result.Added.Count;
        }

        return queued;
    }
}

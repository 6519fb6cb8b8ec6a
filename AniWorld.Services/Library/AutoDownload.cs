using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>Queues what a scan found missing, for the series that are set to be completed by themselves.</summary>
internal sealed class AutoDownload(
    SeriesReader reader,
    DownloadService downloads,
    IDbContextFactory<AniWorldDbContext> databases,
    IOptionsMonitor<AniWorldOptions> options,
    ILogger<AutoDownload> logger)
{
    /// <summary>For all series.</summary>
    /// <returns>How many episodes were queued.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => AfterScanAsync(null, cancellationToken);

    /// <param name="key">Only this series; <see langword="null"/> for all.</param>
    /// <returns>How many episodes were queued.</returns>
    public async Task<int> AfterScanAsync(string? key, CancellationToken cancellationToken)
    {
        var byDefault = options.CurrentValue.Scheduler.AutoDownloadAfterRescan;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var automatic = await database.Series
            .Where(s => (s.AutoDownload ?? byDefault) && (key == null || s.Key == key))
            .Select(s => s.Key)
            .ToListAsync(cancellationToken);
        if (automatic.Count == 0)
        {
            return 0;
        }

        var queued = 0;
        var missing = await reader.ListAsync(new SeriesQuery(), cancellationToken);
        foreach (var series in missing.Items.Where(s => automatic.Contains(s.Key)))
        {
            var episodes = series.Missing.SelectMany(season => season.Value.Select(n => new EpisodeNumber(season.Key, n))).ToList();
            var result = await downloads.EnqueueAsync(new EnqueueRequest(series.Key, episodes), cancellationToken);
            queued += result.Added.Count;
            logger.LogInformation("Queued {Count} missing episodes of {Key} by itself", result.Added.Count, series.Key);
        }

        return queued;
    }
}

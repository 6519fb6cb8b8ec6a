using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Policy;

/// <summary>Queues what is missing, for the series that are set to be completed by themselves.</summary>
public sealed class GapFill
{
    private readonly SeriesReader _reader;
    private readonly DownloadService _downloads;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly ILogger<GapFill> _logger;

    internal GapFill(
        SeriesReader reader,
        DownloadService downloads,
        IDbContextFactory<AniWorldDbContext> databases,
        IOptionsMonitor<AniWorldOptions> options,
        ILogger<GapFill> logger) =>
        (_reader, _downloads, _databases, _options, _logger) = (reader, downloads, databases, options, logger);

    /// <summary>Queues all that is due now.</summary>
    /// <returns>How many episodes were queued.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => RunAsync(null, cancellationToken);

    /// <param name="key">Only this series; <see langword="null"/> for all.</param>
    public async Task<int> RunAsync(string? key, CancellationToken cancellationToken)
    {
        var byDefault = _options.CurrentValue.Scheduler.AutoDownloadAfterRescan;
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var automatic = await database.Series
            .Where(s => (s.AutoDownload ?? byDefault) && (key == null || s.Key == key))
            .Select(s => s.Key)
            .ToListAsync(cancellationToken);
        if (automatic.Count == 0)
        {
            return 0;
        }

        var queued = 0;
        var missing = await _reader.ListAsync(new SeriesQuery(), cancellationToken);
        foreach (var series in missing.Items.Where(s => automatic.Contains(s.Key)))
        {
            var episodes = series.Missing.SelectMany(season => season.Value.Select(n => new EpisodeNumber(season.Key, n))).ToList();
            var result = await _downloads.EnqueueAsync(new EnqueueRequest(series.Key, episodes), cancellationToken);
            _logger.LogInformation("Queued {Count} missing episodes of {Key} by itself", result.Added.Count, series.Key);
            queued += result.Added.Count;
        }

        return queued;
    }
}

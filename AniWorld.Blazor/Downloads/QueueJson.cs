using System.Text.Json.Serialization;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Downloads;

/// <summary>What to download, as <c>POST /api/queue/add</c> takes it. Folder and name are kept for old clients; the key decides.</summary>
internal sealed record DownloadRequest
{
    public required string SerieId { get; init; }

    public string? SerieFolder { get; init; }

    public string? SerieName { get; init; }

    /// <summary>1 to 1,000.</summary>
    public required IReadOnlyList<EpisodeNumber> Episodes { get; init; }

    public DownloadPriority Priority { get; init; } = DownloadPriority.Normal;

    /// <summary>Absent: the language profile decides.</summary>
    public string? Language { get; init; }
}

internal sealed record EnqueueAnswer(IReadOnlyList<string> Added, IReadOnlyList<SkippedEpisode> Skipped);

internal sealed record RetryRequest
{
    /// <summary>Absent: all failed ones.</summary>
    public IReadOnlyList<Guid>? ItemIds { get; init; }
}

internal sealed record ReorderRequest
{
    public required IReadOnlyList<Guid> ItemIds { get; init; }
}

internal sealed record DownloadChangeRequest
{
    public DownloadPriority? Priority { get; init; }

    public bool? Paused { get; init; }
}

internal sealed record Retried([property: JsonPropertyName("retried")] int Count);

internal sealed record Removed([property: JsonPropertyName("removed")] int Count);

internal sealed record QueueEpisode(int Season, int Episode, string? Title);

internal sealed record QueueProgress(double Percent, double DownloadedMb, double? TotalMb, double SpeedMbps, long? EtaSeconds);

/// <summary>A queue item as the contract shows it.</summary>
internal sealed record DownloadItem(
    string Id,
    string SerieId,
    string SerieFolder,
    string SerieName,
    QueueEpisode Episode,
    string Language,
    string? Hoster,
    DownloadStatus Status,
    QueueProgress? Progress,
    DownloadPriority Priority,
    DateTimeOffset AddedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    string? Error,
    int RetryCount,
    DateTimeOffset? NextRetryAt,
    string? FilePath)
{
    public static DownloadItem From(DownloadQueueItem item, QueueProgress? live = null) => new(
        item.Id.ToString("N"),
        item.SeriesKey,
        item.SeriesFolder,
        item.SeriesName,
        new QueueEpisode(item.Season, item.Number, item.Title),
        item.Language.Code,
        item.Hoster,
        item.Status,
        live ?? Stored(item),
        item.Priority,
        item.CreatedAt,
        item.StartedAt,
        item.CompletedAt,
        item.Error,
        item.RetryCount,
        item.NextRetryAt,
        item.Status is DownloadStatus.Completed ? item.FilePath : null);

    private static QueueProgress? Stored(DownloadQueueItem item) => item.DownloadedBytes == 0 && item.TotalBytes is null
        ? null
        : new QueueProgress(WireUnits.Percent(item.Percent), WireUnits.Mebibytes(item.DownloadedBytes), item.TotalBytes is { } total ? WireUnits.Mebibytes(total) : null, 0, null);
}

internal sealed record QueueStatisticsJson(
    int TotalItems,
    int PendingCount,
    int ActiveCount,
    int CompletedCount,
    int FailedCount,
    double TotalDownloadedMb,
    double AverageSpeedMbps,
    long? EstimatedTimeRemainingSeconds,
    double FreeDiskMb)
{
    public static QueueStatisticsJson From(QueueStatistics statistics) => new(
        statistics.TotalItems,
        statistics.PendingCount,
        statistics.ActiveCount,
        statistics.CompletedCount,
        statistics.FailedCount,
        WireUnits.Mebibytes(statistics.DownloadedBytes),
        WireUnits.Mebibytes(statistics.AverageSpeed),
        WireUnits.WholeSeconds(statistics.TimeRemaining),
        WireUnits.Mebibytes(statistics.FreeDiskBytes));
}

internal sealed record QueueStatus(
    bool IsRunning,
    bool IsPaused,
    IReadOnlyList<DownloadItem> ActiveDownloads,
    IReadOnlyList<DownloadItem> PendingQueue,
    IReadOnlyList<DownloadItem> CompletedDownloads,
    IReadOnlyList<DownloadItem> FailedDownloads,
    QueueStatisticsJson Statistics);

namespace AniWorld.Data.Downloads;

public enum DownloadStatus
{
    Pending,
    Resolving,
    Downloading,
    Paused,
    Processing,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>Stored as its number, so that the queue's order is (priority descending, position).</summary>
public enum DownloadPriority
{
    Low,
    Normal,
    High,
}

public static class DownloadStatuses
{
    /// <summary>A worker has it: it resolves, transfers, is paused by the user or is being finished.</summary>
    public static IReadOnlyList<DownloadStatus> Active { get; } =
        [DownloadStatus.Resolving, DownloadStatus.Downloading, DownloadStatus.Paused, DownloadStatus.Processing];

    /// <summary>Waits or is active: an episode has at most one such item per language.</summary>
    public static IReadOnlyList<DownloadStatus> Open { get; } = [DownloadStatus.Pending, .. Active];
}

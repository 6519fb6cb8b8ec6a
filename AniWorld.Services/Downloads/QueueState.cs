using AniWorld.Data.Downloads;

namespace AniWorld.Services.Downloads;

/// <summary>The queue at a glance. Items are detached snapshots.</summary>
/// <param name="Pending">The next 100, in the order they will be taken.</param>
/// <param name="Completed">The newest 100.</param>
/// <param name="Failed">The newest 100.</param>
public sealed record QueueState(
    bool IsRunning,
    bool IsPaused,
    IReadOnlyList<DownloadQueueItem> Active,
    IReadOnlyList<DownloadQueueItem> Pending,
    IReadOnlyList<DownloadQueueItem> Completed,
    IReadOnlyList<DownloadQueueItem> Failed,
    QueueStatistics Statistics);

public sealed record DownloadPage(IReadOnlyList<DownloadQueueItem> Items, int Total);

/// <summary>A change to one item; a member that is <see langword="null"/> stays as it is.</summary>
public sealed record DownloadChange(DownloadPriority? Priority = null, bool? Paused = null);

public abstract record ChangeResult
{
    public sealed record Changed(DownloadQueueItem Item) : ChangeResult;

    public sealed record Unknown : ChangeResult;

    /// <summary>Completed, failed or cancelled: it has no place in the queue to change.</summary>
    public sealed record Finished : ChangeResult;
}

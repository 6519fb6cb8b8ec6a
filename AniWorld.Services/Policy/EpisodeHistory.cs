using AniWorld.Data.Downloads;
using AniWorld.Data.Library;

namespace AniWorld.Services.Policy;

/// <summary>What the queue last did about an episode, if that is open, failed or was cancelled.</summary>
/// <param name="Since">When it was begun.</param>
/// <param name="At">When it failed or was cancelled.</param>
/// <param name="Error">As <c>code: sentence</c>.</param>
/// <param name="NextTryAt">Of one that is open and waits.</param>
public sealed record EpisodeHistory(
    DownloadStatus Status, Language Language, DateTimeOffset Since, DateTimeOffset At, string? Error = null, DateTimeOffset? NextTryAt = null)
{
    /// <summary>A try that fails for good is worth another one after as long as it has been failing, within these bounds.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(30);

    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(180);

    public bool IsOpen => DownloadStatuses.Open.Contains(Status);

    /// <summary>When another try is due after a failure; <see langword="null"/> when there have been enough.</summary>
    public DateTimeOffset? RetryAt => (At - Since) switch
    {
        var failing when failing > GivenUpAfter => null,
        var failing when failing > LongestRest => At + LongestRest,
        var failing when failing > ShortestRest => At + failing,
        _ => At + ShortestRest,
    };

    /// <param name="items">Of one episode, in any order.</param>
    /// <returns><see langword="null"/> when none of them says anything.</returns>
    public static EpisodeHistory? Of(IEnumerable<DownloadQueueItem> items) => Of(items.Select(From));

    /// <returns>An open one, else the latest that failed or was cancelled.</returns>
    internal static EpisodeHistory? Of(IEnumerable<EpisodeHistory> entries) => entries
        .Where(e => e.IsOpen || e.Status is DownloadStatus.Failed or DownloadStatus.Cancelled)
        .MaxBy(e => (e.IsOpen, e.At));

    private static EpisodeHistory From(DownloadQueueItem item) => new(
        item.Status, item.Language, item.StartedAt ?? item.CreatedAt, item.DeletedAt ?? item.UpdatedAt, item.Error, item.NextRetryAt);
}

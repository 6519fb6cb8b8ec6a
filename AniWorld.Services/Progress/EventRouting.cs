namespace AniWorld.Services.Progress;

/// <summary>Where an event belongs and what it means for the ones before it.</summary>
internal static class EventRouting
{
    public static ProgressRooms RoomOf(ProgressEvent happened) => happened switch
    {
        DownloadProgressed => ProgressRooms.DownloadProgress,
        DownloadCompleted or DownloadFailed or DownloadStopped or QueueChanged => ProgressRooms.Downloads,
        ScanProgressed or ScanCompleted or ScanFailed => ProgressRooms.ScanProgress,
        SystemNotice => ProgressRooms.System,
        _ => ProgressRooms.Library,
    };

    /// <summary>The download or scan whose earlier progress this one replaces; <see langword="null"/> for what must not be lost.</summary>
    public static Guid? Replaces(ProgressEvent happened) => happened switch
    {
        DownloadProgressed progress => progress.DownloadId,
        ScanProgressed progress => progress.ScanId,
        _ => null,
    };

    /// <summary>The download or scan that this event ends.</summary>
    public static Guid? Ends(ProgressEvent happened) => happened switch
    {
        DownloadCompleted completed => completed.DownloadId,
        DownloadFailed failed => failed.DownloadId,
        DownloadStopped stopped => stopped.DownloadId,
        ScanCompleted completed => completed.ScanId,
        ScanFailed failed => failed.ScanId,
        _ => null,
    };

    /// <summary>Whether the contract has a message for it; the others are for pages.</summary>
    public static bool IsOnTheWire(ProgressEvent happened) =>
        happened is not (DownloadStopped or SeriesChanged or EpisodeReplaced or EpisodesFound or DatabaseReplaced);
}

namespace AniWorld.Services.Notifications;

/// <summary>What can be told about: the values of <c>notifications.events</c>.</summary>
public static class NotificationEvents
{
    public const string DownloadComplete = "download_complete";

    /// <summary>For good: it is not tried again by itself.</summary>
    public const string DownloadFailed = "download_failed";

    /// <summary>A catalogue offers an episode for the first time.</summary>
    public const string NewEpisode = "new_episode";

    public const string ScanComplete = "scan_complete";
    public const string ScanFailed = "scan_failed";

    /// <summary>A source cannot be read any more, or a site profile cannot be used.</summary>
    public const string SourceAttention = "source_attention";

    public const string DiskFull = "disk_full";

    /// <summary>The library is not mounted, or cannot be written.</summary>
    public const string LibraryAway = "library_away";

    public const string BackupFailed = "backup_failed";

    /// <summary>Any other warning.</summary>
    public const string Warning = "warning";

    /// <summary>In the order in which people are shown them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        DownloadComplete, DownloadFailed, NewEpisode, ScanComplete, ScanFailed, SourceAttention, DiskFull, LibraryAway, BackupFailed, Warning,
    ];

    /// <summary>What a person wants to hear of who did not choose.</summary>
    public static IReadOnlyList<string> Usual { get; } =
        [DownloadComplete, DownloadFailed, NewEpisode, ScanFailed, SourceAttention, DiskFull, LibraryAway, BackupFailed];

    /// <summary>What changes files, so that a media server has to look.</summary>
    public static IReadOnlyList<string> OfFiles { get; } = [DownloadComplete];

    /// <summary>What may have changed files: those of <see cref="OfFiles"/>, and a scan, which finds what came by other ways.</summary>
    public static IReadOnlyList<string> MayChangeFiles { get; } = [DownloadComplete, ScanComplete];
}

namespace AniWorld.Services.Progress;

/// <summary>What a subscriber wants to hear of.</summary>
[Flags]
public enum ProgressRooms
{
    None = 0,

    /// <summary>The queue's state and the outcome of every download.</summary>
    Downloads = 1,

    /// <summary>How far the running downloads are.</summary>
    DownloadProgress = 2,

    /// <summary>How far a scan is and what became of it.</summary>
    ScanProgress = 4,

    /// <summary>Notices for whoever is there.</summary>
    System = 8,

    /// <summary>Series that were added, changed or removed; for pages only, no socket has this room.</summary>
    Library = 16,

    All = Downloads | DownloadProgress | ScanProgress | System | Library,
}

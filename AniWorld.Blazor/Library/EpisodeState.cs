namespace AniWorld.Blazor.Library;

/// <summary>Where an episode stands, as its row shows it.</summary>
public enum EpisodeState
{
    OnDisk,

    /// <summary>On disk, but the integrity check found the file broken.</summary>
    Damaged,
    Running,
    Queued,
    Paused,
    Failed,
    Missing,
    Ignored,

    /// <summary>The user deleted its file.</summary>
    Removed,

    /// <summary>Could be had, but something better is waited for.</summary>
    Later,

    /// <summary>Offered, but in no wanted language yet.</summary>
    Waiting,

    /// <summary>Listed by the source, offered in no language yet.</summary>
    Announced,
}

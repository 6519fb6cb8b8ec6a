namespace AniWorld.Blazor.Library;

/// <summary>Where an episode stands in one language, in the order of the legend.</summary>
public enum CoverageState
{
    /// <summary>The source does not offer it.</summary>
    None,
    Have,

    /// <summary>On disk, but the integrity check found the file broken.</summary>
    Damaged,

    /// <summary>Waits in the queue, or is being fetched.</summary>
    Queued,

    /// <summary>To be fetched.</summary>
    Wanted,

    /// <summary>Better than what is on disk.</summary>
    Upgradable,

    /// <summary>Could be fetched, but something better is waited for.</summary>
    Waiting,
    Failed,

    /// <summary>Offered, and not needed.</summary>
    Available,

    /// <summary>Offered, but ignored, deleted or taken out of the queue by the user.</summary>
    Ignored,
}

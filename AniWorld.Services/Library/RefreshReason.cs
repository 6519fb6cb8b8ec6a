namespace AniWorld.Services.Library;

/// <summary>Why a series' catalogue pages are looked at when they are.</summary>
public static class RefreshReason
{
    /// <summary>The user said how often.</summary>
    public const string Chosen = "chosen";

    /// <summary>New episodes come at a steady pace.</summary>
    public const string Airing = "airing";

    /// <summary>A language follows the others at a steady pace.</summary>
    public const string DubLag = "dub_lag";

    /// <summary>Added, or something came up, in the last weeks, at no steady pace.</summary>
    public const string Recent = "recent";

    /// <summary>Nothing has come up for weeks.</summary>
    public const string Finished = "finished";

    /// <summary>Nothing has come up for half a year.</summary>
    public const string Dormant = "dormant";

    /// <summary>The last look brought nothing.</summary>
    public const string Failed = "failed";
}

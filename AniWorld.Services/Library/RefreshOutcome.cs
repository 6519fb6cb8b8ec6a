using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>What came of looking at a series' catalogue pages.</summary>
internal abstract record RefreshOutcome
{
    /// <param name="Changed">They say something else than before.</param>
    public sealed record Read(bool Changed) : RefreshOutcome;

    /// <summary>The catalogue no longer has the series; what is known of it stays.</summary>
    public sealed record Gone : RefreshOutcome;

    public sealed record Failed(FaultException Fault) : RefreshOutcome;

    /// <summary>The site was not asked; the series stays due.</summary>
    /// <param name="Why">About the site, the same for all of its series.</param>
    public sealed record Waits(Sentence Why) : RefreshOutcome;
}

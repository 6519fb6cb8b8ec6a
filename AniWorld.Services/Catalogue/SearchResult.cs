using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>What a search over several catalogues found.</summary>
/// <param name="Hits">By provider, each in the site's order.</param>
/// <param name="Failures">One per provider that could not answer.</param>
/// <param name="Asked">How many providers were asked; 0 when none of the wanted ones is on.</param>
public sealed record SearchResult(IReadOnlyList<SearchHit> Hits, IReadOnlyList<SearchFailure> Failures, int Asked)
{
    /// <summary>At least one source answered, if only to say that it has nothing.</summary>
    public bool Answered => Failures.Count < Asked;
}

public sealed record SearchFailure(string Provider, FaultException Fault);

using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>What a site no longer does.</summary>
/// <param name="Faults">Page (<see cref="SitePages"/>) → <c>code: sentence</c>; the sentence names the selector when a page no longer reads.</param>
/// <param name="NextLook">When it is tried next.</param>
public sealed record SiteTrouble(DateTimeOffset Since, IReadOnlyDictionary<string, string> Faults, DateTimeOffset NextLook)
{
    /// <summary>Whether the site has changed, so that somebody has to look at its profile; otherwise it cannot be reached.</summary>
    public bool NeedsAttention => Faults.Values.Any(fault => fault.StartsWith(FaultCode.ProviderChanged + ":", StringComparison.Ordinal));
}

/// <summary>A site got into trouble, or is out of it.</summary>
/// <param name="Code">Of the failure that it began with.</param>
/// <param name="Sentence">For people.</param>
public sealed record SiteChange(string Site, bool IsBack, string Code, Sentence Sentence);

/// <summary>A site was not even asked, because it is left alone for a while: <see cref="FaultException.RetryAfter"/>.</summary>
public sealed class SiteFault(string code, Sentence sentence) : FaultException(code, sentence);

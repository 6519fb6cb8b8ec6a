using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>A page lacks what its profile says it has: the site has changed, or this is another page.</summary>
/// <param name="part">What was looked for, in words.</param>
/// <param name="selector">Where it was looked for.</param>
public sealed class PageLayoutException(string part, string selector) : FaultException(
    FaultCode.ProviderChanged,
    $"The page has no {part} at '{selector}'; the site has changed, and its profile has to follow.")
{
    /// <summary>The selector, member or route that found nothing.</summary>
    public string Selector { get; } = selector;
}

using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>A page lacks what its profile says it has: the site has changed, or this is another page.</summary>
/// <param name="sentence">Of <c>Sentences.resx</c>, by what was looked for.</param>
/// <param name="selector">Where it was looked for.</param>
public sealed class PageLayoutException(string sentence, string selector, params IReadOnlyList<object?> values)
    : FaultException(FaultCode.ProviderChanged, new Sentence(sentence, [selector, .. values]))
{
    /// <summary>The selector, member or route that found nothing.</summary>
    public string Selector { get; } = selector;
}

using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>Where a value stands on a page. Values are plain text; an empty one counts as none.</summary>
internal sealed record Field
{
    /// <summary>CSS selector below the page or the row; <see langword="null"/> for the row itself.</summary>
    public string? Selector { get; init; }

    /// <summary>Attribute that holds the value; <see langword="null"/> for the element's text.</summary>
    public string? Attribute { get; init; }

    /// <summary>Regular expression that picks the value out of the text: its first group, or all of the match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The value of the first element that the selector finds.</summary>
    public string? Read(IParentNode scope) =>
        (Selector is null ? scope as IElement : scope.QuerySelector(Selector)) is { } element ? ValueOf(element) : null;

    /// <summary>The values of all elements that the selector finds, in page order.</summary>
    public IEnumerable<string> ReadAll(IParentNode scope) => ElementsIn(scope).Select(ValueOf).OfType<string>();

    /// <summary>For messages: selector and attribute as a person would write them.</summary>
    public override string ToString() => Attribute is null ? Selector ?? "the row" : $"{Selector}[{Attribute}]";

    /// <summary>Options under which <see cref="Pattern"/> is read: time grows with the text only, whatever the text.</summary>
    public const RegexOptions PatternOptions = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private IEnumerable<IElement> ElementsIn(IParentNode scope) =>
        Selector is not null ? scope.QuerySelectorAll(Selector) : scope is IElement row ? [row] : [];

    private string? ValueOf(IElement element)
    {
        var text = PlainText.Clean(Attribute is null ? element.TextContent : element.GetAttribute(Attribute));
        if (text is null || Pattern is null)
        {
            return text;
        }

        var match = Regex.Match(text, Pattern, PatternOptions);
        return match.Success ? PlainText.Clean(match.Groups[match.Groups.Count > 1 ? 1 : 0].Value) : null;
    }
}

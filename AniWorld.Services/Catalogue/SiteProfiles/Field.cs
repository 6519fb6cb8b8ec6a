using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>Where a value stands on a page, and what is made of it. Values are plain text; an empty one counts as none.</summary>
internal sealed record Field
{
    /// <summary>CSS selector below the page or the row; <see langword="null"/> for the row itself.</summary>
    public string? Selector { get; init; }

    /// <summary>Attribute that holds the value; <see langword="null"/> for the element's text.</summary>
    public string? Attribute { get; init; }

    /// <summary>CSS selector of what within the element does not belong to its text.</summary>
    public string? Remove { get; init; }

    /// <summary>Regular expression that picks the value out of the text: its first group, or all of the match.</summary>
    public string? Pattern { get; init; }

    /// <summary>CSS selector → value. The value of the first selector that fits the element, or anything in it, is taken in place of a text.</summary>
    public IReadOnlyDictionary<string, string>? Case { get; init; }

    /// <summary>What is done to the value, in this order.</summary>
    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    /// <summary>Where else to look, in this order, when there is no value here.</summary>
    public IReadOnlyList<Field> Or { get; init; } = [];

    /// <summary>The value when there is none anywhere.</summary>
    public string? Default { get; init; }

    /// <summary>Options under which patterns are read: time grows with the text only, whatever the text.</summary>
    public const RegexOptions PatternOptions = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>The value of the first element that the selector finds, else what <see cref="Or"/> and <see cref="Default"/> say.</summary>
    public string? Read(IParentNode scope) => ReadHere(scope) ?? Or.Select(other => other.Read(scope)).FirstOrDefault(value => value is not null) ?? Default;

    /// <summary>The values of all elements that the selector finds, in page order; else what <see cref="Or"/> and <see cref="Default"/> say.</summary>
    public IReadOnlyList<string> ReadAll(IParentNode scope)
    {
        List<string> here = [.. ElementsIn(scope).Select(ValueOf).OfType<string>()];
        return here.Count > 0 ? here
            : Or.Select(other => other.ReadAll(scope)).FirstOrDefault(values => values.Count > 0) ?? (Default is null ? [] : [Default]);
    }

    /// <summary>All that is found on the way to the values, for people who write profiles.</summary>
    /// <param name="member">The field's place in the profile.</param>
    public IEnumerable<FieldTrial> Try(string member, IParentNode scope)
    {
        var elements = ElementsIn(scope).ToList();
        var values = elements.Select(ValueOf).OfType<string>().ToList();
        yield return new FieldTrial(
            member, ToString(), elements.Count, elements.Count > 0 ? FieldTrial.Excerpt(RawOf(elements[0])) : null,
            [.. (values.Count > 0 || Default is null ? values : [Default]).Take(FieldTrial.MostValues).Select(value => FieldTrial.Excerpt(value)!)]);
        if (values.Count == 0)
        {
            foreach (var trial in Or.SelectMany((other, place) => other.Try($"{member}.or[{place}]", scope)))
            {
                yield return trial;
            }
        }
    }

    /// <summary>For messages: selector and attribute as a person would write them.</summary>
    public override string ToString() => Attribute is null ? Selector ?? "the row" : $"{Selector}[{Attribute}]";

    private string? ReadHere(IParentNode scope) => ElementsIn(scope).FirstOrDefault() is { } element ? ValueOf(element) : null;

    private IEnumerable<IElement> ElementsIn(IParentNode scope) =>
        Selector is not null ? scope.QuerySelectorAll(Selector) : scope is IElement row ? [row] : [];

    private string? ValueOf(IElement element)
    {
        var text = Picked(RawOf(element));
        foreach (var filter in Filters)
        {
            text = text is null ? null : PlainText.Clean(filter.Apply(text));
        }

        return text;
    }

    private string? RawOf(IElement element) =>
        Case is not null ? Case.FirstOrDefault(one => Fits(element, one.Key)).Value
        : PlainText.Clean(Attribute is not null ? element.GetAttribute(Attribute) : TextOf(element));

    private static bool Fits(IElement element, string selector) => element.Matches(selector) || element.QuerySelector(selector) is not null;

    private string TextOf(IElement element)
    {
        if (Remove is null || element.QuerySelector(Remove) is null)
        {
            return element.TextContent;
        }

        var copy = (IElement)element.Clone();
        foreach (var part in copy.QuerySelectorAll(Remove))
        {
            part.Remove();
        }

        return copy.TextContent;
    }

    private string? Picked(string? text)
    {
        if (text is null || Pattern is null)
        {
            return text;
        }

        var match = Regex.Match(text, Pattern, PatternOptions);
        return match.Success ? PlainText.Clean(match.Groups[match.Groups.Count > 1 ? 1 : 0].Value) : null;
    }
}

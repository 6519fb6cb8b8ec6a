using System.Globalization;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Library;

/// <summary>What of the library is shown and how, as the page's address keeps it.</summary>
/// <param name="Search">Part of a name.</param>
/// <param name="IsReversed">Against the order's usual direction, which is names from A and of anything else most or newest first.</param>
/// <param name="Profile">Name of a language profile, empty for the general one; <see langword="null"/> for all.</param>
/// <param name="IsTable">Rows instead of posters.</param>
public sealed record LibraryView(
    string? Search = null,
    SeriesSort Sort = SeriesSort.Name,
    bool IsReversed = false,
    SeriesTraits Traits = SeriesTraits.None,
    string? Profile = null,
    bool IsTable = false)
{
    private const string TableName = "table";

    public SeriesQuery Query => new()
    {
        All = true,
        Filter = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
        Traits = Traits,
        Profile = Profile,
        Sort = Sort,
        Descending = Sort is not SeriesSort.Name ^ IsReversed,
    };

    /// <summary>Whether nothing is left out.</summary>
    public bool IsEverything => Query is { Filter: null, Traits: SeriesTraits.None, Profile: null };

    /// <param name="show">Names of traits, with commas between them; others are passed over.</param>
    public static LibraryView Of(string? search, string? sort, bool? reversed, string? show, string? profile, string? view) => new(
        search,
        Named(sort, SeriesSort.Name),
        reversed is true,
        (show ?? "").Split(',').Aggregate(SeriesTraits.None, (traits, name) => traits | Named(name, SeriesTraits.None)),
        profile,
        view == TableName);

    public LibraryView Flip(SeriesTraits trait) => this with { Traits = Traits ^ trait };

    /// <summary>By something else in its usual direction, or the other way round.</summary>
    public LibraryView By(SeriesSort sort) => sort == Sort ? this with { IsReversed = !IsReversed } : this with { Sort = sort, IsReversed = false };

    /// <summary>Members of the address; <see langword="null"/> where the default holds.</summary>
    public IReadOnlyDictionary<string, object?> Address => new Dictionary<string, object?>
    {
        ["q"] = Query.Filter,
        ["sort"] = Sort is SeriesSort.Name ? null : Lower(Sort),
        ["reverse"] = IsReversed ? true : null,
        ["show"] = Traits is SeriesTraits.None ? null : Lower(Traits).Replace(" ", "", StringComparison.Ordinal),
        ["profile"] = Profile,
        ["view"] = IsTable ? TableName : null,
    };

    private static T Named<T>(string? name, T otherwise)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : otherwise;

    private static string Lower<T>(T value)
        where T : struct, Enum =>
        value.ToString().ToLower(CultureInfo.InvariantCulture);
}

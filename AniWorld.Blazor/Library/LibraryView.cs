using System.Globalization;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Library;

/// <summary>What of the library is shown, as the page's address keeps it.</summary>
/// <param name="Search">Part of a name.</param>
/// <param name="OnlyMissing">Only series with missing episodes.</param>
internal sealed record LibraryView(string? Search, SeriesSort Sort, bool OnlyMissing)
{
    public SeriesQuery Query => new()
    {
        All = !OnlyMissing,
        Filter = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
        Sort = Sort,

        // Names from A; of anything else most or newest first.
        Descending = Sort is not SeriesSort.Name,
    };

    public bool IsEverything => Query is { All: true, Filter: null };

    public static LibraryView Of(string? search, string? sort, string? show) => new(
        search, Enum.TryParse<SeriesSort>(sort, ignoreCase: true, out var by) && Enum.IsDefined(by) ? by : SeriesSort.Name, show == "missing");

    /// <summary>Members of the address; <see langword="null"/> where the default holds.</summary>
    public IReadOnlyDictionary<string, object?> Address => new Dictionary<string, object?>
    {
        ["q"] = Query.Filter,
        ["sort"] = Sort is SeriesSort.Name ? null : Sort.ToString().ToLower(CultureInfo.InvariantCulture),
        ["show"] = OnlyMissing ? "missing" : null,
    };
}

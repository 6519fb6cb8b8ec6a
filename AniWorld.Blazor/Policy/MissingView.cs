using System.Globalization;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Policy;

/// <summary>What the page shows, as its address keeps it; the words are those of the API.</summary>
/// <param name="Page">From 1.</param>
public sealed record MissingView(MissingRequest Request, int Page)
{
    public const int PerPage = 100;

    public MissingQuery Query => Request.ToQuery() with { Page = Math.Max(1, Page), PerPage = PerPage };

    public bool IsFiltered => Filters.Any(member => member.Value is not null);

    /// <summary>The address's part after <c>?</c>, without the page.</summary>
    public string Text => string.Join('&', Members.Where(member => member.Value is not null)
        .Select(member => $"{member.Key}={Uri.EscapeDataString(Convert.ToString(member.Value, CultureInfo.InvariantCulture)!)}"));

    /// <summary>Members of the address; <see langword="null"/> where the default holds.</summary>
    public IReadOnlyDictionary<string, object?> Address => new Dictionary<string, object?>(Members) { ["page"] = Page > 1 ? Page : null };

    private Dictionary<string, object?> Members => new(Filters)
    {
        ["kind"] = Query.Kind switch { MissingKind.Missing => null, MissingKind.SetAside => "set_aside", var kind => kind.ToString().ToLowerInvariant() },
    };

    private Dictionary<string, object?> Filters => new()
    {
        ["filter"] = string.IsNullOrWhiteSpace(Query.Filter) ? null : Query.Filter.Trim(),
        ["key"] = Query.Key,
        ["season"] = Query.Season,
        ["language"] = Query.Language?.Code,
        ["reason"] = Query.Reason,
        ["min_age_days"] = Query.MinAgeDays,
        ["max_age_days"] = Query.MaxAgeDays,
    };

    /// <summary>The same page of the list whose filter has changed begins at its beginning.</summary>
    public MissingView With(Func<MissingRequest, MissingRequest> change) => new(change(Request), 1);

    public bool Equals(MissingView? other) => other is not null && Page == other.Page && Text == other.Text;

    public override int GetHashCode() => HashCode.Combine(Page, Text);
}

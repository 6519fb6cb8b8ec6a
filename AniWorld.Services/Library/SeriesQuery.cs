namespace AniWorld.Services.Library;

public enum SeriesSort
{
    Name,
    Missing,
    Added,
    Updated,
    Year,

    /// <summary>By the share of episodes that are on disk.</summary>
    Progress,
}

/// <summary>What a list of series can be narrowed down to.</summary>
[Flags]
public enum SeriesTraits
{
    None = 0,
    Missing = 1,

    /// <summary>An episode on disk could be had in a better language.</summary>
    Upgradable = 2,

    /// <summary>Every episode that is listed is on disk.</summary>
    Complete = 4,

    /// <summary>A download failed.</summary>
    Failed = 8,
    Airing = 16,
    Unmonitored = 32,
}

/// <summary>Which series to list.</summary>
public sealed record SeriesQuery
{
    /// <summary>Also those without missing episodes.</summary>
    public bool All { get; init; }

    /// <summary>Part of the name, in any case.</summary>
    public string? Filter { get; init; }

    /// <summary>Only those that have all of these.</summary>
    public SeriesTraits Traits { get; init; }

    /// <summary>Only those of a language profile; an empty name is the general one, <see langword="null"/> any.</summary>
    public string? Profile { get; init; }

    public SeriesSort Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary><see langword="null"/> for all.</summary>
    public int? PerPage { get; init; }
}

/// <param name="Traits">How many of all that match have each of the traits; those that none has are left out.</param>
public sealed record SeriesPage(IReadOnlyList<SeriesSummary> Items, int Total, IReadOnlyDictionary<SeriesTraits, int> Traits);

using System.Text.Json.Serialization;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>All that AniWorld knows about one catalogue site, as its profile file says it. Names in the file are snake_case.</summary>
internal sealed record SiteProfile
{
    /// <summary>The schema an editor checks the file against; not read here.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Of the form of a key, such as <c>aniworld</c>; the member of <c>providers</c> that configures the site.</summary>
    public required string Name { get; init; }

    /// <summary>Host for display, such as <c>aniworld.to</c>.</summary>
    public required string Site { get; init; }

    /// <summary>Absolute http or https addresses. The first is asked, the others are only recognised in links.</summary>
    public required IReadOnlyList<string> BaseUrls { get; init; }

    /// <summary>The site's identifiers, which also have the form of a key; <see langword="null"/> when that says enough.</summary>
    public string? KeyPattern { get; init; }

    public required SiteRoutes Routes { get; init; }

    public required SearchFields Search { get; init; }

    public required SeriesSelectors Series { get; init; }

    public required SeasonSelectors Season { get; init; }

    public required EpisodeSelectors Episode { get; init; }

    public required LanguageMap Languages { get; init; }

    /// <summary>The site's name of a hoster → the name to use, where the two differ.</summary>
    public IReadOnlyDictionary<string, string> Hosters { get; init; } = new Dictionary<string, string>();

    public Politeness Politeness { get; init; } = new();
}

/// <summary>Paths below the base address with <c>{query}</c>, <c>{key}</c>, <c>{season}</c> and <c>{episode}</c> in them.</summary>
internal sealed record SiteRoutes
{
    public required string Search { get; init; }

    public required string Series { get; init; }

    /// <summary>Without <c>{season}</c> where the site knows no seasons; everything is season 1 then.</summary>
    public required string Season { get; init; }

    /// <summary>The page that lists films and specials; <see langword="null"/> where the site has none.</summary>
    public string? Films { get; init; }

    public required string Episode { get; init; }

    public string? Film { get; init; }
}

/// <summary>
/// Names of the members of a search hit in the site's JSON answer, dots between those within each other; or <see cref="Page"/>, for a
/// site that answers with a page.
/// </summary>
internal sealed record SearchFields
{
    /// <summary>Member that holds the list of hits; <see langword="null"/> when the answer is the list.</summary>
    public string? Items { get; init; }

    public string? Name { get; init; }

    public string? Link { get; init; }

    /// <summary>Path that a relative link counts from.</summary>
    public string LinkBase { get; init; } = "/";

    public string? Description { get; init; }

    public string? Cover { get; init; }

    public string? Year { get; init; }

    /// <summary>Where the hits stand on a page; then the other members are not used.</summary>
    public SearchSelectors? Page { get; init; }
}

/// <summary>Fields of a page of search results.</summary>
internal sealed record SearchSelectors
{
    /// <summary>What every page of results shows, also one without any.</summary>
    public required string Present { get; init; }

    /// <summary>One result each.</summary>
    public required string Rows { get; init; }

    public required Field Name { get; init; }

    /// <summary>The link to the series.</summary>
    public required Field Link { get; init; }

    public Field? Description { get; init; }

    public Field? Cover { get; init; }

    public Field? Year { get; init; }
}

internal sealed record SeriesSelectors
{
    public required Field Title { get; init; }

    public Field? Description { get; init; }

    public Field? Cover { get; init; }

    /// <summary>A wide picture.</summary>
    public Field? Backdrop { get; init; }

    public Field? Year { get; init; }

    /// <summary>The links to seasons and films; others among them are passed over, by the routes.</summary>
    public required Field Seasons { get; init; }

    /// <summary>How many seasons there are, for a page that links to none.</summary>
    public Field? SeasonCount { get; init; }
}

internal sealed record SeasonSelectors
{
    /// <summary>What holds the rows; there on every season page, even when no episode is.</summary>
    public required string List { get; init; }

    /// <summary>One episode each, within the list.</summary>
    public required string Rows { get; init; }

    /// <summary>The row's link to its episode, which says the number by its route.</summary>
    public required Field Link { get; init; }

    /// <summary>The number, for a row without a link.</summary>
    public Field? Number { get; init; }

    /// <summary>By language of the text, such as <c>de</c>.</summary>
    public IReadOnlyDictionary<string, Field> Titles { get; init; } = new Dictionary<string, Field>();

    /// <summary>The row's hoster names, one per match.</summary>
    public Field? Hosters { get; init; }

    /// <summary>The row's languages, one per match, looked up in <see cref="LanguageMap.Flags"/>.</summary>
    public required Field Languages { get; init; }
}

internal sealed record EpisodeSelectors
{
    /// <summary>What every episode page shows, also one that nobody offers yet.</summary>
    public required string Present { get; init; }

    /// <summary>One offer each: a hoster in a language.</summary>
    public required string Offers { get; init; }

    /// <summary>Looked up in <see cref="LanguageMap.Keys"/>.</summary>
    public required Field Language { get; init; }

    public required Field Hoster { get; init; }

    public required Field Link { get; init; }
}

/// <summary>What the site's marks for languages mean, as language codes. Marks not listed are passed over.</summary>
internal sealed record LanguageMap
{
    public required IReadOnlyDictionary<string, string> Keys { get; init; }

    public required IReadOnlyDictionary<string, string> Flags { get; init; }
}

/// <summary>What the site bears, whatever the user's setting says.</summary>
internal sealed record Politeness
{
    /// <summary>Requests at once: 1 to 32.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Requests that may follow each other without a wait after a pause: 1 to 100.</summary>
    public int Burst { get; init; } = 5;

    /// <summary>At most, per minute, 1 to 6,000; <see langword="null"/> leaves it to <c>providers.&lt;name&gt;.requests_per_minute</c>.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>At most, per second, 0.01 to 100; <see langword="null"/> for no such limit.</summary>
    public double? RequestsPerSecond { get; init; }
}

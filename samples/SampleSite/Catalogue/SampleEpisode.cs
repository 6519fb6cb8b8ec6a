namespace AniWorld.SampleSite.Catalogue;

/// <summary>An episode or a film.</summary>
/// <param name="ordinal">Its place among all episodes of the catalogue, from 0; its links are numbered by it.</param>
public sealed class SampleEpisode(int ordinal, int season, int number, string german, string english, IEnumerable<string> languages)
{
    private volatile IReadOnlyList<string> _languages = Ordered(languages);

    public int Ordinal => ordinal;

    /// <summary>From 1; 0 for a film.</summary>
    public int Season => season;

    public int Number => number;

    /// <summary>German title; empty when the page names none.</summary>
    public string German => german;

    /// <summary>English title; empty when the page names none.</summary>
    public string English => english;

    /// <summary>What it is offered in, in the order of the pages; empty while it is only announced.</summary>
    public IReadOnlyList<string> Languages => _languages;

    /// <summary>Part of its address, after the season's.</summary>
    public string Slug => season == 0 ? $"film-{number}" : $"episode-{number}";

    /// <summary>What the page calls it.</summary>
    public string Label => season == 0 ? $"Film {number}" : $"Folge {number}";

    /// <summary>From now on the pages offer it in one more language.</summary>
    public void Offer(string language) => _languages = Ordered(_languages.Append(language).Distinct());

    private static string[] Ordered(IEnumerable<string> codes) =>
        [.. codes.Select(SampleLanguage.Of).OrderBy(language => SampleLanguage.All.IndexOf(language)).Select(language => language.Code)];
}

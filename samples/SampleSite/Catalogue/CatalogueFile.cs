using System.Globalization;
using System.Text.Json;

namespace AniWorld.SampleSite.Catalogue;

/// <summary>Reads <c>catalogue.json</c>, the one place where the series are made up.</summary>
internal static class CatalogueFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly string[] AllHosters = ["Rangeo", "Plainfile", "Streamly", "Cryptix", "Embedo"];

    public static IReadOnlyList<SampleSeries> Read()
    {
        var entries = JsonSerializer.Deserialize<SeriesEntry[]>(Asset.Read("Catalogue/catalogue.json"), Json)!;
        var ordinal = 0;
        return [.. entries.Select(entry => entry.ToSeries(() => ordinal++))];
    }

    private sealed record SeriesEntry(
        string Key, string Name, int? From, int? To, string Description, string? Cover, string[] Genres, string[]? Hosters, SeasonEntry[] Seasons)
    {
        public SampleSeries ToSeries(Func<int> nextOrdinal) =>
            new(Key, Name, Description, From, To, Cover, Genres, Hosters ?? AllHosters, [.. Seasons.Select(season => season.ToSeason(nextOrdinal))]);
    }

    /// <param name="Titles">German and English title per episode; or <paramref name="Count"/> with patterns.</param>
    /// <param name="Offered">Languages by episodes, such as <c>"1-8": "de-dub de-sub"</c>; an episode that is not named is only announced.</param>
    private sealed record SeasonEntry(int Number, int Count, string? German, string? English, string[][]? Titles, Dictionary<string, string> Offered)
    {
        public SampleSeason ToSeason(Func<int> nextOrdinal) =>
            new(Number, [.. Enumerable.Range(1, Titles?.Length ?? Count).Select(number => ToEpisode(number, nextOrdinal()))]);

        private SampleEpisode ToEpisode(int number, int ordinal)
        {
            string[] titles = Titles?[number - 1] ?? [Fill(German!, number), Fill(English!, number)];
            var languages = Offered.Where(offer => Covers(offer.Key, number)).SelectMany(offer => offer.Value.Split(' '));
            return new SampleEpisode(ordinal, Number, number, titles[0], titles[1], languages);
        }

        private static string Fill(string pattern, int number) => string.Format(CultureInfo.InvariantCulture, pattern, number);

        private static bool Covers(string range, int number)
        {
            int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
            return ends[0] <= number && number <= ends[^1];
        }
    }
}

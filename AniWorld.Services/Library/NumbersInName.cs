using System.Globalization;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Library;

/// <summary>Season and episode numbers as a file's own name gives them.</summary>
/// <param name="Season"><see langword="null"/> when the name has none.</param>
/// <param name="Numbers">As written, also 0; empty for a recap (<c>12.5</c>) and a film without number.</param>
/// <param name="Kind"><see langword="null"/> when the name does not say.</param>
/// <param name="Bare">A number without season that may count through all seasons.</param>
internal sealed partial record NumbersInName(int? Season, IReadOnlyList<int> Numbers, EpisodeFileKind? Kind, int Version, bool Bare)
{
    private const int LongestRange = 200;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // From the plainest way of writing to the vaguest; the first that matches wins.
    private static readonly Func<Regex>[] Ways =
    [
        SeasonAndEpisode, Cross, SeasonAndBareNumber, EpisodeWord, SpecialWithNumber, NumberBetweenDashes, DashNumber, InBrackets, Hash,
        OnlyNumber, BeforeDash, AtEnd, AtStart,
    ];

    public static NumbersInName? Of(string stem)
    {
        var found = Read(NameNoise.BeforeTags(stem)) ?? Read(NameNoise.Without(stem)) ?? FilmWithoutNumber(stem);
        // "Name Season 3 Part 2 - 05": season and number need not stand together.
        return found is { Bare: true } && FolderMeaning.SeasonIn(stem) is { } season ? found with { Season = season } : found;
    }

    private static NumbersInName? Read(string name)
    {
        foreach (var way in Ways)
        {
            var match = way().Match(name);
            if (match.Success)
            {
                return From(match);
            }
        }

        return null;
    }

    private static NumbersInName From(Match match)
    {
        var season = Number(match.Groups["s"]);
        var kind = match.Groups["film"].Success ? EpisodeFileKind.Film
            : match.Groups["special"].Success || match.Groups["half"].Success ? EpisodeFileKind.Special
            : (EpisodeFileKind?)null;
        IReadOnlyList<int> numbers = match.Groups["half"].Success ? [] : List(match);
        var bare = season is null && kind is null;
        return new NumbersInName(kind is null ? season : 0, numbers, kind, Number(match.Groups["v"]) ?? 1, bare);
    }

    private static List<int> List(Match match)
    {
        var numbers = match.Groups["e"].Captures.Select(capture => Number(capture)).ToList();
        if (Number(match.Groups["to"]) is { } last && last > numbers[^1] && last - numbers[^1] <= LongestRange)
        {
            numbers.AddRange(Enumerable.Range(numbers[^1] + 1, last - numbers[^1]));
        }

        return [.. numbers.Distinct().Order()];
    }

    private static NumbersInName? FilmWithoutNumber(string stem) =>
        Unnumbered().Match(stem) is { Success: true } match
            ? new NumbersInName(0, [], match.Groups["film"].Success ? EpisodeFileKind.Film : EpisodeFileKind.Special, 1, Bare: false)
            : null;

    private static int? Number(Group group) => group.Success ? Number((Capture)group) : null;

    private static int Number(Capture digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    // "S01E02", "S1E2", "S01.E02", "S01 - EP02", "S01E01E02", "S01E01-E03", "S01E01-03", "S01E05.5"
    [GeneratedRegex(@"(?<![a-z0-9])s(?<s>[0-9]{1,4})[ ._]{0,2}-?[ ._]{0,2}ep?[ ._]?(?<e>[0-9]{1,4})(?<half>\.5)?([ ._+&]?ep?(?<e>[0-9]{1,4}))*(?<half>\.5)?(-(s[0-9]{1,4})?(ep?)?(?<to>[0-9]{1,4})|[ ]-[ ](s[0-9]{1,4})?ep?(?<to>[0-9]{1,4}))?(v(?<v>[0-9]))?(?![0-9])", Options)]
    private static partial Regex SeasonAndEpisode();

    // "1x02", "01x02-03"; not "1920x1080", not "x264".
    [GeneratedRegex(@"(?<![a-z0-9])(?<s>[0-9]{1,2})x(?<e>[0-9]{2,3})(-?([0-9]{1,2}x)?(?<to>[0-9]{2,3}))?(v(?<v>[0-9]))?(?![a-z0-9])", Options)]
    private static partial Regex Cross();

    // "Season 2 Episode 5", "Staffel 2 - Folge 5", "S2 - 05", "2nd Season - 05", "Season 2 - 05v2"
    [GeneratedRegex(@"(?<![a-z0-9])((season|staffel|saison|s)[ ._-]*(?<s>[0-9]{1,2})|(?<s>[0-9]{1,2})(st|nd|rd|th|\.)[ ](season|staffel))[ ,._-]+((episode|folge|episodio|ep|e)[ ._#-]*)?(?<e>[0-9]{1,4})(?<half>\.5)?(-(?<to>[0-9]{1,4}))?(v(?<v>[0-9]))?(?![a-z0-9])", Options)]
    private static partial Regex SeasonAndBareNumber();

    // "Episode 02", "Folge 2", "Ep.02", "E02", "E01-E02", "第02話"
    [GeneratedRegex(@"((?<![a-z0-9])(episode|folge|episodio|ep|e)[ ._#-]*|第)(?<e>[0-9]{1,4})(?<half>\.5)?([ ._+&]?ep?(?<e>[0-9]{1,4}))*([ ]?-[ ]?(ep?)?(?<to>[0-9]{1,4}))?(v(?<v>[0-9]))?(?![a-z0-9])", Options)]
    private static partial Regex EpisodeWord();

    // "OVA 1", "SP2", "Special - 03", "Movie 1", "Film 2"
    [GeneratedRegex(@"(?<![a-z0-9])((?<film>movie|film|kinofilm)|(?<special>ovas?|oads?|sp|specials?))[ ._#-]*(?<e>[0-9]{1,3})(v(?<v>[0-9]))?(?![0-9a-z])", Options)]
    private static partial Regex SpecialWithNumber();

    // "Name - 05 - Title", "Name - 05"
    [GeneratedRegex(@"[ ]-[ ](?!(19|20)[0-9]{2}([ ]|$))(?<e>[0-9]{1,4})(?<half>\.5)?([-~](?<to>[0-9]{1,4}))?[ ]?(v(?<v>[0-9]))?(?=$|[ ]-[ ])", Options)]
    private static partial Regex NumberBetweenDashes();

    // "Name - 05 Title"
    [GeneratedRegex(@"[ ]-[ ](?!(19|20)[0-9]{2}([ ]|$))(?<e>[0-9]{1,4})(?<half>\.5)?([-~](?<to>[0-9]{1,4}))?[ ]?(v(?<v>[0-9]))?(?=[ ])", Options)]
    private static partial Regex DashNumber();

    // "[Group][Name][05][1080p]"
    [GeneratedRegex(@"[\[(](?<e>[0-9]{1,3})(v(?<v>[0-9]))?[\])]", Options)]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"(?<![a-z0-9])#(?<e>[0-9]{1,4})(?![a-z0-9])", Options)]
    private static partial Regex Hash();

    // "05", "05v2", "05 - Title", "05. Title"
    [GeneratedRegex(@"^(?!(19|20)[0-9]{2}([ ]|$))(?<e>[0-9]{1,4})(?<half>\.5)?(v(?<v>[0-9]))?(?=$|[ ]-[ ])", Options)]
    private static partial Regex OnlyNumber();

    // "Name 05 - Title"
    [GeneratedRegex(@"[ ](?!(19|20)[0-9]{2}[ ])(?<e>[0-9]{2,4})(v(?<v>[0-9]))?(?=[ ]-[ ])", Options)]
    private static partial Regex BeforeDash();

    // "Name 05", "Name.05.1080p"
    [GeneratedRegex(@"[ ](?!(19|20)[0-9]{2}$)(?!0$)(?<e>[0-9]{1,4})(?<half>\.5)?(v(?<v>[0-9]))?$", Options)]
    private static partial Regex AtEnd();

    // "05 Title"
    [GeneratedRegex(@"^(?!(19|20)[0-9]{2}[ ])(?<e>[0-9]{1,4})(v(?<v>[0-9]))?(?=[ ])", Options)]
    private static partial Regex AtStart();

    // "Name - The Movie", "Name OVA"
    [GeneratedRegex(@"(?<![a-z0-9])((?<film>movie|kinofilm|film)|ova|oad)(?![a-z0-9])", Options)]
    private static partial Regex Unnumbered();
}

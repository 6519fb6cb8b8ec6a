using System.Globalization;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Library;

/// <summary>What the folders between the series and the file say: <c>Season 1</c>, <c>Staffel 02</c>, <c>Specials</c>, <c>Filme</c>, <c>Extras</c>.</summary>
internal readonly partial record struct FolderMeaning(int? Season, EpisodeFileKind? Kind)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <param name="folders">The innermost first; the first one that says anything decides.</param>
    public static FolderMeaning Of(IEnumerable<string> folders) =>
        folders.Select(Of).FirstOrDefault(meaning => meaning != default);

    private static FolderMeaning Of(string folder)
    {
        if (Extras().IsMatch(folder))
        {
            return new FolderMeaning(null, EpisodeFileKind.Extra);
        }

        if (Films().IsMatch(folder))
        {
            return new FolderMeaning(0, EpisodeFileKind.Film);
        }

        if (Specials().IsMatch(folder))
        {
            return new FolderMeaning(0, EpisodeFileKind.Special);
        }

        return SeasonIn(folder) is { } season
            ? new FolderMeaning(season, season == 0 ? EpisodeFileKind.Special : EpisodeFileKind.Episode)
            : default;
    }

    /// <summary>The season that any name speaks of, as <c>Season 2</c>, <c>Staffel 2</c>, <c>S2</c> or <c>2nd Season</c>.</summary>
    public static int? SeasonIn(string name) => SeasonForm().Match(name) is { Success: true } match
        ? int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex(@"^(extras?|bonus|featurettes?|trailers?|teasers?|samples?|behind[ ._-]the[ ._-]scenes|deleted[ ._-]scenes|interviews?|creditless|nc(op|ed)s?|openings?|endings?|menus?|pvs?|cms?)$", Options)]
    private static partial Regex Extras();

    [GeneratedRegex(@"^(the[ ._-])?(filme?|movies?|kinofilme?)([ ._-]?[0-9]{1,2})?$", Options)]
    private static partial Regex Films();

    [GeneratedRegex(@"^(specials?|sp|ovas?|oads?|ovas?[ ._+&-]+(oads?|specials?|filme?|movies?))$", Options)]
    private static partial Regex Specials();

    // "Season 1-3" is a whole collection and names no season.
    [GeneratedRegex(@"(?<![a-z0-9])((season|staffel|saison|s)[ ._-]*(?<n>[0-9]{1,4})|(?<n>[0-9]{1,2})(st|nd|rd|th|\.)[ ._]?(season|staffel))(?![a-z0-9])(?![ ]*[-+&~][ ]*s?[0-9])", Options)]
    private static partial Regex SeasonForm();
}

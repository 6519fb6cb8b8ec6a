using System.Text.RegularExpressions;

namespace AniWorld.Services.Library;

/// <summary>Tells trailers, samples, creditless openings and the like from episodes.</summary>
internal static partial class ExtraVideo
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <param name="stem">The file's name without extension.</param>
    public static bool Is(string stem) => Always().IsMatch(stem)
        || Suffix().IsMatch(stem)
        // "Name - 05 - The Ending" is an episode, "Name - Ending 1" is not.
        || (!Numbered().IsMatch(stem) && Ends().IsMatch(NameNoise.Without(stem).TrimEnd()));

    [GeneratedRegex(@"(?<![a-z])(nc[ ._-]?(op|ed)(?![a-z])|creditless|textless|clean[ ._-](opening|ending))", Options)]
    private static partial Regex Always();

    // As Jellyfin, Kodi and scene releases mark what lies beside an episode.
    [GeneratedRegex(@"^(sample|trailer)([ ._-]|$)|[.-](sample|trailer)$", Options)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"(?<![a-z0-9])(s[0-9]{1,4}[ ._-]*e(p[ ._]?)?[0-9]|[0-9]{1,2}x[0-9]{2}|(episode|folge)[ ._-]*[0-9])|(^|[ _]-[ _])[0-9]{1,4}(v[0-9])?[ _]-[ _]", Options)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<![a-z0-9])(pv|cm|trailer|teaser|preview|menu|opening|ending|op|ed|sample|extras?|interview|featurette|making of)[ ._-]*[0-9]{0,3}[a-z]?(v[0-9])?$", Options)]
    private static partial Regex Ends();
}

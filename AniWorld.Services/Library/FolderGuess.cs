using System.Globalization;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Library;

/// <summary>Which series a folder is probably for, going by its name.</summary>
/// <param name="Name">The folder's own name when nothing else can be read from it.</param>
public readonly partial record struct FolderGuess(string Name, int? Year)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary><c>Attack on Titan (2013)</c>, <c>[Group] Title 1080p</c>, <c>Title.S01.German.DL.1080p.WEB.x264-GROUP</c>.</summary>
    public static FolderGuess From(string folder)
    {
        var text = WellFormedText.Of(folder.Length > 1_024 ? folder[..1_024] : folder).Trim();
        var year = YearForm().Matches(text).LastOrDefault() is { } match
            ? int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture)
            : (int?)null;
        var name = NameNoise.BeforeTags(YearForm().Replace(text, " "));
        name = SeasonForm().Replace(name, "").Trim(' ', '-', '.', '_', ',');
        return new FolderGuess(name.Length > 0 ? name : text, year);
    }

    // In brackets anywhere, or bare between dots as scene releases have it; "Blade Runner 2049" keeps its number.
    [GeneratedRegex(@"[(\[](?<year>(19[2-9]|20[0-9])[0-9])[)\]]|(?<=\.)(?<year>(19[2-9]|20[0-9])[0-9])(?=\.)", Options)]
    private static partial Regex YearForm();

    // Only trailing: what follows a season's number is no part of the series' name.
    [GeneratedRegex(@"[ ,-]+((season|staffel)[ ]?[0-9]{1,2}|s[0-9]{1,2}|[0-9]{1,2}(st|nd|rd|th|\.)[ ](season|staffel)|complete$|komplett$|batch$)(?![a-z0-9]).*$", Options)]
    private static partial Regex SeasonForm();
}

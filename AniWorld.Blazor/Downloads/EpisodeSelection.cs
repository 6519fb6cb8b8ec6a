using System.Globalization;
using System.Text.RegularExpressions;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Downloads;

/// <summary>Episodes as people name them: <c>S01E02</c>, or <c>S01E02-E05</c> for several; specials and films are <c>S00</c>.</summary>
internal static partial class EpisodeSelection
{
    public const int Most = 1_000;

    /// <returns><see langword="null"/> when the text names no episodes, or more than <see cref="Most"/>.</returns>
    public static IReadOnlyList<EpisodeNumber>? Read(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var (season, first) = (Number(match.Groups["season"]), Number(match.Groups["first"]));
        var last = match.Groups["last"].Success ? Number(match.Groups["last"]) : first;
        return first < 1 || last < first || last - first >= Most
            ? null
            : [.. Enumerable.Range(first, last - first + 1).Select(number => new EpisodeNumber(season, number))];
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\AS(?<season>[0-9]{1,3})E(?<first>[0-9]{1,5})(-E?(?<last>[0-9]{1,5}))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

using System.Globalization;
using System.Text;

namespace AniWorld.Services.Library;

/// <summary>How alike two titles are, whatever their case, punctuation, umlauts and accents.</summary>
public static class TitleMatch
{
    /// <summary>From which score on two titles count as the same series.</summary>
    public const double Same = 0.95;

    private const int Longest = 200;

    /// <returns>1 for the same title, 0 for nothing in common. Titles with other numbers in them stay under 0.7: they are other seasons.</returns>
    public static double Score(string first, string second)
    {
        var a = Normalise(first);
        var b = Normalise(second);
        if (a.Length == 0 || b.Length == 0)
        {
            return 0;
        }

        if (a == b)
        {
            return 1;
        }

        // "Fullmetal" and "Full Metal" are one title; that is worth nearly everything.
        if (a.Replace(" ", "", StringComparison.Ordinal) == b.Replace(" ", "", StringComparison.Ordinal))
        {
            return 0.98;
        }

        var score = Math.Max(Closeness(a, b), 0.95 * SharedWords(a, b));
        return SameNumbers(a, b) ? Math.Min(score, 0.97) : Math.Min(score, 0.69);
    }

    /// <summary>The folder that is most probably the series' own; <see langword="null"/> when none is sure enough or two are equally good.</summary>
    public static string? BestFolder(string name, int? year, IEnumerable<string> folders)
    {
        var ranked = folders.Select(folder => (Folder: folder, Guess: FolderGuess.From(folder)))
            .Where(candidate => year is null || candidate.Guess.Year is null || candidate.Guess.Year == year)
            .Select(candidate => (candidate.Folder, SameYear: candidate.Guess.Year is not null, Score: Score(name, candidate.Guess.Name)))
            .Where(candidate => candidate.Score >= Same)
            .OrderByDescending(candidate => candidate.Score).ThenByDescending(candidate => candidate.SameYear && year is not null)
            .Take(2).ToList();
        return ranked switch
        {
            [] => null,
            [var first, var second] when first.Score == second.Score && first.SameYear == second.SameYear => null,
            [var first, ..] => first.Folder,
        };
    }

    /// <summary>Lower case, single blanks, no punctuation; <c>ä</c> as <c>ae</c>, <c>ß</c> as <c>ss</c>, other accents gone, <c>&amp;</c> as <c>and</c>.</summary>
    internal static string Normalise(string title)
    {
        var text = WellFormedText.Of(title.Length > Longest ? title[..Longest] : title).ToLowerInvariant()
            .Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal)
            .Replace("&", " and ", StringComparison.Ordinal);
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                folded.Append(c);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’' or '`'))
            {
                folded.Append(' ');
            }
        }

        return string.Join(' ', folded.ToString().Normalize().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool SameNumbers(string a, string b) => NumbersOf(a).SetEquals(NumbersOf(b));

    private static HashSet<string> NumbersOf(string title) =>
        [.. title.Split(' ').Where(word => char.IsAsciiDigit(word[0]) || word is "ii" or "iii" or "iv" or "v" or "vi")];

    private static double SharedWords(string a, string b)
    {
        var first = a.Split(' ').ToHashSet();
        var second = b.Split(' ').ToHashSet();
        return 2.0 * first.Intersect(second).Count() / (first.Count + second.Count);
    }

    /// <summary>1 less the share of letters that must be changed (Levenshtein) to make one of the other.</summary>
    private static double Closeness(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return 1 - ((double)row[b.Length] / Math.Max(a.Length, b.Length));
    }
}

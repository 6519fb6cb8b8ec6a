namespace AniWorld.Services.Library;

/// <summary>Takes a series' known name out of a file's name, so that a number in it, as in <c>91 Days</c>, is not an episode's.</summary>
internal static class SeriesNameInName
{
    private const string Placeholder = "Series";

    /// <summary>The stem with a plain word for the name, whatever blanks, dots and punctuation stand between its words.</summary>
    /// <remarks>A name that ends in a season's number stays: the number is wanted. So does a file named with nothing but a number.</remarks>
    public static string Replaced(string stem, string? seriesName)
    {
        var name = string.Concat((seriesName ?? "").Where(char.IsLetterOrDigit));
        if (!name.Any(char.IsAsciiDigit) || FolderMeaning.SeasonIn(seriesName!) is not null)
        {
            return stem;
        }

        for (var start = 0; start < stem.Length; start++)
        {
            if ((start == 0 || !char.IsLetterOrDigit(stem[start - 1])) && EndOf(name, stem, start) is { } end)
            {
                return start == 0 && end == stem.Length && name.All(char.IsAsciiDigit)
                    ? stem
                    : $"{stem[..start]}{Placeholder}{stem[end..]}";
            }
        }

        return stem;
    }

    private static int? EndOf(string name, string stem, int start)
    {
        var matched = 0;
        var end = start;
        while (matched < name.Length && end < stem.Length)
        {
            if (char.ToUpperInvariant(stem[end]) == char.ToUpperInvariant(name[matched]))
            {
                matched++;
            }
            else if (char.IsLetterOrDigit(stem[end]) || end == start)
            {
                return null;
            }

            end++;
        }

        return matched == name.Length && (end == stem.Length || !char.IsLetterOrDigit(stem[end])) ? end : null;
    }
}

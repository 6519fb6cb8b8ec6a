using System.Globalization;
using System.Text;

namespace AniWorld.Services.Library;

/// <summary>Text as it can be compared, normalised and stored: names come from web pages and from disks, and either may hold anything.</summary>
internal static class WellFormedText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>
    /// In Unicode's composed form (NFC), without half surrogates, non-characters, control characters and invisible formatting
    /// (direction overrides, soft hyphens, tags); each kind of blank or line end is one ordinary blank.
    /// </summary>
    /// <remarks>The joiners that emoji and Indic or Persian letters are built with stay, but not beside ASCII.</remarks>
    public static string Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsBlank(rune))
            {
                kept.Append(' ');
            }
            else if (IsVisible(rune) || (IsJoiner(rune) && previous.Value > 0x7F))
            {
                kept.Append(rune);
            }

            previous = rune;
        }

        return kept.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsBlank(Rune rune) => rune.Value is '\t' or '\n' or '\r' or '\v' or '\f' or 0x85 || Rune.IsWhiteSpace(rune);

    private static bool IsJoiner(Rune rune) => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner;

    // EnumerateRunes gives U+FFFD for half a surrogate pair; .NET gives it too for bytes of a file name that are not UTF-8.
    private static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar
        && (rune.Value & 0xFFFE) != 0xFFFE && rune.Value is not (>= 0xFDD0 and <= 0xFDEF)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format);
}

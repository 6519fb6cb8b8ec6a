using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Catalogue;

/// <summary>Texts of a site as one line of plain text.</summary>
internal static partial class PlainText
{
    /// <summary>Longest text kept, in UTF-16 units; a description may be a page, no title is.</summary>
    private const int Longest = 20_000;

    /// <summary>Blanks joined, control characters dropped; <see langword="null"/> when nothing is left.</summary>
    public static string? Clean(string? text)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (clean.Length >= Longest)
            {
                break;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                AppendBlank(clean);
            }
            else if (!Rune.IsControl(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().TrimEnd() is { Length: > 0 } line ? line : null;
    }

    /// <summary>Text that may hold tags and character references, as search answers do.</summary>
    public static string? FromMarkup(string? markup) =>
        markup is null ? null : Clean(WebUtility.HtmlDecode(Tag().Replace(LineBreak().Replace(markup, " "), "")));

    private static void AppendBlank(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
        {
            text.Append(' ');
        }
    }

    [GeneratedRegex("<(br|/p|/div)[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LineBreak();

    [GeneratedRegex("</?[a-zA-Z][^<>]*>")]
    private static partial Regex Tag();
}

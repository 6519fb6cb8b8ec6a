using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Library;

/// <summary>Makes one name of a file or folder from any text: valid on Linux, Windows and macOS, and never a path.</summary>
public static partial class SafeFileName
{
    /// <summary>What Linux file systems allow for one name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 255;

    /// <summary>One whole name. <paramref name="fallback"/>, a series' key for instance, is used where nothing printable is left.</summary>
    public static string From(string? text, string fallback, int maxBytes = MaxBytes)
    {
        var name = Finish(Cut(Finish(Clean(text)), maxBytes));
        return name.Length > 0 ? name : Finish(Cut(Finish(Clean(fallback)), maxBytes)) is { Length: > 0 } other ? other : "_";
    }

    /// <summary>Why <paramref name="name"/> cannot be a folder's name as it is; <see langword="null"/> when it can.</summary>
    public static string? Problem(string name)
    {
        if (name.Length == 0 || name.All(c => c is '.' or ' '))
        {
            return new Sentence("fault_folder_name").ToString();
        }

        var safe = From(name, "folder");
        return safe == name.Normalize()
            ? null
            : new Sentence("fault_folder_characters", safe).ToString();
    }

    /// <summary>
    /// A part of a name: without separators, invisible characters and what Windows refuses; may be empty. A colon that ends a
    /// word becomes <c> - </c>, as in <c>Fate - Zero</c>; question marks go, the rest becomes a dash or a look-alike.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = ColonBeforeBlank().Replace(WellFormedText.Of(text), " - ");
        clean = string.Concat(clean.Select(Readable));
        return Blanks().Replace(clean, " ").Trim().Normalize(NormalizationForm.FormC);
    }

    /// <summary>The longest beginning of at most so many bytes of UTF-8 that ends between two characters as people see them.</summary>
    public static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        var bytes = 0;
        var length = 0;
        foreach (var grapheme in StringInfo.GetTextElementEnumerator(text).Elements())
        {
            bytes += Encoding.UTF8.GetByteCount(grapheme);
            if (bytes > maxBytes)
            {
                break;
            }

            length += grapheme.Length;
        }

        return text[..length].TrimEnd();
    }

    /// <summary>Mends the ends of a name: no leading dot (it would hide the file), no trailing dot or blank, no device name of Windows.</summary>
    internal static string Finish(string name)
    {
        var ends = name.TrimStart('.', ' ', '-').TrimEnd('.', ' ');
        return DeviceName().Replace(ends, "$1_");
    }

    private static string Readable(char c) => c switch
    {
        '"' => "'",
        '<' => "‹",
        '>' => "›",
        '?' => "",
        ':' or '/' or '\\' or '|' or '*' => "-",
        _ => c.ToString(),
    };

    private static IEnumerable<string> Elements(this TextElementEnumerator graphemes)
    {
        while (graphemes.MoveNext())
        {
            yield return graphemes.GetTextElement();
        }
    }

    [GeneratedRegex(@" ?:(?= )")]
    private static partial Regex ColonBeforeBlank();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: these are devices, whatever extension follows.
    [GeneratedRegex(@"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?= *(\.|$))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceName();
}

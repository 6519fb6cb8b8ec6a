using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AniWorld.Services.Library;

namespace AniWorld.Services.Metadata;

/// <summary>An NFO on disk. One that anybody else wrote or changed is never touched again.</summary>
/// <remarks>
/// Ours begins with a comment that holds a hash of what follows. Where the two do not fit, somebody has edited it, and it is theirs.
/// The comment stands in front, since text behind the last tag may be taken for an address to load more from.
/// </remarks>
internal static partial class NfoFile
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n";
    private const int Largest = 1 << 20;

    /// <param name="text">Without declaration.</param>
    /// <exception cref="IOException">It could not be written; an older one is unharmed.</exception>
    public static void Write(string path, string text)
    {
        var content = Encoding.UTF8.GetBytes($"{Declaration}<!-- AniWorld {Mark(text)} -->\n{text}");
        if (IsOurs(path))
        {
            LibraryFile.Write(path, content);
        }
        else
        {
            LibraryFile.WriteNew(path, content);
        }
    }

    private static bool IsOurs(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null || file.Length > Largest)
        {
            return false;
        }

        var match = OurForm().Match(File.ReadAllText(path));
        return match.Success && match.Groups["mark"].Value == Mark(match.Groups["text"].Value);
    }

    private static string Mark(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    [GeneratedRegex(@"\A<\?xml[^>]*\?>\n<!-- AniWorld (?<mark>[0-9a-f]{16}) -->\n(?<text>.*)\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex OurForm();
}

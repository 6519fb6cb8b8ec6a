using System.Text.RegularExpressions;

namespace AniWorld.Services.Library;

/// <summary>What stands in file names beside title and number: release groups, checksums, resolutions, codecs, years.</summary>
internal static partial class NameNoise
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>The name with blanks for dots and underscores, without the noise; bracketed numbers such as <c>[05]</c> stay.</summary>
    public static string Without(string stem) => Blanks().Replace(Dots().Replace(Tags().Replace(Brackets().Replace(stem, " "), " "), " "), " ").Trim();

    /// <summary>The same, and without all that follows the first technical tag, where scene releases have no more than tags.</summary>
    public static string BeforeTags(string stem)
    {
        var name = Brackets().Replace(stem, " ");
        var tag = Tags().Match(name);
        return Without(tag.Success && tag.Index > 0 ? name[..tag.Index] : name);
    }

    // A bracket that holds an episode's number, "S01E02" or "OVA 1" is not noise.
    [GeneratedRegex(@"\[(?![0-9]{1,3}(v[0-9])?\]|s[0-9]{1,3}e[0-9]{1,4}[\]-]|[0-9]{1,2}x[0-9]{2,3}\]|ep?[ ]?[0-9]{1,4}\]|(ova|oad|movie|sp|special)[ ]?[0-9]{0,2}\])[^\[\]]*\]|\((?![0-9]{1,3}(v[0-9])?\)|s[0-9]{1,3}e[0-9]{1,4}[)-]|[0-9]{1,2}x[0-9]{2,3}\)|ep?[ ]?[0-9]{1,4}\)|(ova|oad|movie|sp|special)[ ]?[0-9]{0,2}\))[^()]*\)|\{[^{}]*\}", Options)]
    private static partial Regex Brackets();

    [GeneratedRegex(
        @"(?<![a-z0-9])(" +
        @"[0-9]{3,4}[pi]([0-9]{2,3})?|[0-9]{3,4}x[0-9]{3,4}|[248]k|uhd|fhd|" +
        @"[xh][ .]?26[456]|hevc([ ._-]?10)?|avc|av1|xvid|divx|hi10p?|(8|10|12)[ ._-]?bits?|" +
        @"(aac|e?-?ac-?3|ddp?|dd\+|flac|dts(-?hd)?(-?ma)?|truehd|opus|mp[34]|vorbis|ogg|atmos|lpcm|pcm)([ .]?[0-9][ .][0-9])?(x[0-9])?|[1257]\.[01](ch)?|" +
        @"web([ -]?(dl|rip))?|b[dr]([ -]?rip)?|blu-?ray|dvd([ -]?rip)?[59]?|hd-?tv([ -]?rip)?|tv-?rip|" +
        @"((eng?|ger|multi|dual)[ -]?)?(dub(bed)?|sub(s|bed)?)|dual[ -]?audio|multi|remux|repack|proper|uncut|uncensored|" +
        @"(19|20)[0-9]{2}[.-][01][0-9][.-][0-3][0-9]|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{8}" +
        @")(?![a-z0-9])", Options)]
    private static partial Regex Tags();

    // The point of "12.5" stays: that is a recap, not episode 12.
    [GeneratedRegex(@"_|\.(?!5(?![.0-9]))|(?<![0-9])\.", Options)]
    private static partial Regex Dots();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}

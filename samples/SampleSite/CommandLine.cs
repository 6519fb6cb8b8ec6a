using System.Globalization;

namespace AniWorld.SampleSite;

/// <summary>The site's own arguments; <c>--urls</c> and the rest are ASP.NET Core's.</summary>
internal static class CommandLine
{
    /// <exception cref="FormatException">An amount of bytes is not one.</exception>
    public static SampleSiteOptions Read(string[] args)
    {
        var arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
        return new SampleSiteOptions
        {
            Throttle = Bytes("throttle", arguments["throttle"]),
            PadTo = Bytes("pad", arguments["pad"]) ?? 0,
        };
    }

    /// <summary>Reads <c>500</c>, <c>64K</c>, <c>20M</c> or <c>2G</c> (powers of 1024).</summary>
    private static long? Bytes(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var unit = char.ToUpperInvariant(text[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 1L };
        var digits = unit == 1 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue / unit
            ? number * unit
            : throw new FormatException($"--{name} {text}: give a number of bytes such as 500, 64K, 20M or 2G.");
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Joins the WebVTT segments of a subtitle playlist (RFC 8216, 3.5) into one file whose clock begins with the video's.</summary>
/// <remarks>
/// A cue that spans two segments stands in both and is taken once. <c>X-TIMESTAMP-MAP</c> tells where a segment's clock stands in the
/// video's; the first segment's stands at the video's beginning, as packagers write it.
/// </remarks>
internal sealed partial class WebVtt
{
    private const double ClockRate = 90_000;

    private readonly StringBuilder _text = new("WEBVTT\n");
    private readonly HashSet<string> _known = [];
    private double? _firstOffset;

    public static bool IsOne(ReadOnlySpan<byte> bytes) =>
        (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).StartsWith("WEBVTT"u8);

    public void Add(string segment)
    {
        var blocks = segment.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var offset = OffsetIn(blocks.FirstOrDefault() ?? "");
        _firstOffset ??= offset;
        foreach (var block in blocks.Skip(1).Select(block => block.Trim('\n')))
        {
            if (!IsNote(block) && Shifted(block, TimeSpan.FromSeconds(offset - _firstOffset.Value)) is { } shifted && _known.Add(shifted))
            {
                _text.Append('\n').Append(shifted).Append('\n');
            }
        }
    }

    public override string ToString() => _text.ToString();

    /// <summary>By how many seconds the video's clock is ahead of the segment's.</summary>
    private static double OffsetIn(string header)
    {
        var map = header.Split('\n').FirstOrDefault(line => line.StartsWith("X-TIMESTAMP-MAP=", StringComparison.Ordinal)) ?? "";
        var ticks = MpegTime().Match(map) is { Success: true } mpeg ? double.Parse(mpeg.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return (ticks / ClockRate) - (LocalTime().Match(map) is { Success: true } local ? Time(local).TotalSeconds : 0);
    }

    private static bool IsNote(string block) => block.Length == 0 || block.StartsWith("NOTE", StringComparison.Ordinal);

    /// <returns><see langword="null"/> for a cue that is over before the video begins.</returns>
    private static string? Shifted(string block, TimeSpan by)
    {
        if (Timing().Match(block) is not { Success: true } timing)
        {
            return block;
        }

        var times = Clock().Matches(timing.Value);
        var (start, end) = (Time(times[0]) + by, Time(times[1]) + by);
        return end <= TimeSpan.Zero
            ? null
            : $"{block[..timing.Index]}{Text(start < TimeSpan.Zero ? TimeSpan.Zero : start)} --> {Text(end)}{block[(timing.Index + timing.Length)..]}";
    }

    private static TimeSpan Time(Match match)
    {
        var hours = match.Groups["h"] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new(
            0,
            hours,
            int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["s"].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["f"].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static string Text(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000}");

    [GeneratedRegex(@"(?:(?<h>[0-9]{1,4}):)?(?<m>[0-9]{2}):(?<s>[0-9]{2})\.(?<f>[0-9]{3})")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:[0-9]{1,4}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3}[ \t]+-->[ \t]+(?:[0-9]{1,4}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3}", RegexOptions.Multiline)]
    private static partial Regex Timing();

    [GeneratedRegex("MPEGTS:([0-9]{1,12})")]
    private static partial Regex MpegTime();

    [GeneratedRegex(@"LOCAL:(?:(?<h>[0-9]{1,4}):)?(?<m>[0-9]{2}):(?<s>[0-9]{2})\.(?<f>[0-9]{3})")]
    private static partial Regex LocalTime();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Whether anything can be heard in a file: a sound track may be there and hold nothing.</summary>
internal static partial class SoundProbe
{
    /// <summary>In decibels below full scale; the quietest scene of a film is far louder, a track of zeros is at -91.</summary>
    private const double Silence = -80;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(15);

    // Some scenes are silent; five of them over the whole length are not.
    private static readonly double[] Places = [0.1, 0.3, 0.5, 0.7, 0.9];

    /// <returns>True when nothing is heard at any of several places; false also when <c>ffmpeg</c> could not tell.</returns>
    public static async Task<bool> IsSilentAsync(string ffmpeg, string path, TimeSpan duration, CancellationToken cancellationToken)
    {
        foreach (var place in Places)
        {
            if (await LoudestAsync(ffmpeg, path, duration * place, cancellationToken) is not { } loudest || loudest > Silence)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<double?> LoudestAsync(string ffmpeg, string path, TimeSpan from, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-v", "info", "-protocol_whitelist", "file,pipe", "-ss", Seconds(from), "-t", Seconds(Sample),
            "-i", "file:" + path, "-map", "0:a:0", "-af", "volumedetect", "-f", "null", "-",
        ];
        var result = await ExternalTool.RunAsync(ffmpeg, arguments, Limit, cancellationToken);
        return result.ExitCode == 0 && Loudest().Match(result.Errors) is { Success: true } match
            ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"max_volume: (-?[0-9.]+) dB")]
    private static partial Regex Loudest();
}

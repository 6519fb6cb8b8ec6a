using System.Globalization;
using AniWorld.Services.Disk;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Has <c>ffmpeg</c> put fetched tracks into one file, without touching picture or sound.</summary>
internal static class MediaJoiner
{
    public static readonly string[] Quiet = ["-nostdin", "-hide_banner", "-v", "error", "-y"];
    public static readonly string[] OneInput = ["-map", "0:v", "-map", "0:a?"];
    public static readonly string[] Mp4 = ["-c", "copy", "-f", "mp4"];

    private static readonly string[] PictureAndSound = ["-map", "0:v", "-map", "1:a"];
    private static readonly string[] Matroska = ["-c", "copy", "-f", "matroska"];
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    public static FaultException Missing() => new(
        FaultCode.ToolMissing, new Sentence("fault_ffmpeg_missing"));

    /// <summary>Makes the way free for an output that is made anew.</summary>
    public static void Prepare(string output)
    {
        PartFile.RefuseLink(output);
        File.Delete(output);
    }

    /// <summary>Writes <paramref name="output"/> anew: MP4, or Matroska for what MP4 does not hold.</summary>
    /// <exception cref="FaultException"><c>tool_failed</c> with what it said last, <c>tool_missing</c>.</exception>
    public static async Task JoinAsync(string ffmpeg, IReadOnlyList<FetchedTrack> tracks, string output, CancellationToken cancellationToken)
    {
        Prepare(output);
        var lists = Directory.CreateTempSubdirectory("aniworld-");
        try
        {
            var isMatroska = tracks.Any(track => track.Container is MediaContainer.Matroska or MediaContainer.WebM);
            List<string> arguments = [.. Quiet];
            foreach (var track in tracks)
            {
                arguments.AddRange(await InputAsync(track, Path.Combine(lists.FullName, $"{arguments.Count}.txt"), cancellationToken));
            }

            arguments.AddRange([.. tracks.Count == 1 ? OneInput : PictureAndSound, .. isMatroska ? Matroska : Mp4, "file:" + output]);
            var result = await ExternalTool.RunAsync(ffmpeg, arguments, Limit, cancellationToken);
            if (result.ExitCode != 0)
            {
                throw DiskFaultIn(result.LastLine, output) ?? new FaultException(
                    FaultCode.ToolFailed, new Sentence("fault_join_failed", result.LastLine));
            }
        }
        finally
        {
            lists.Delete(recursive: true);
        }
    }

    private static async Task<string[]> InputAsync(FetchedTrack track, string list, CancellationToken cancellationToken)
    {
        if (track.Runs.Count < 2)
        {
            return ["-protocol_whitelist", "file,pipe", "-i", "file:" + track.Paths.Part];
        }

        // Each run begins its clock anew; read one by one, they are put after each other.
        var name = track.Paths.Part.Replace("'", @"'\''", StringComparison.Ordinal);
        var lines = track.Runs.Select(run => string.Create(
            CultureInfo.InvariantCulture,
            $"file 'subfile,,start,{run.Bytes.Start},end,{run.Bytes.End},,:{name}'\nduration {run.Seconds}\n"));
        await File.WriteAllTextAsync(list, "ffconcat version 1.0\n" + string.Concat(lines), cancellationToken);
        return ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe,subfile", "-i", "file:" + list];
    }

    private static FaultException? DiskFaultIn(string line, string output) =>
        line.Contains("No space left on device", StringComparison.Ordinal) ? DiskFault.Full(output) : null;
}

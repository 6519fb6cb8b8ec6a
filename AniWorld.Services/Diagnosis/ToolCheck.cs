using System.Runtime.CompilerServices;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Diagnosis;

/// <summary>The tools that AniWorld uses when they are there.</summary>
internal sealed class ToolCheck(MediaTools tools)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await LookAsync(
            "ffmpeg", tools.Ffmpeg, "-version",
            "segmented streams stay .ts, and streams in two parts fail with tool_missing. Install it (apt install ffmpeg), or set its path as tools.ffmpeg.",
            cancellationToken);
        yield return await LookAsync(
            "ffprobe", tools.Ffprobe, "-version",
            "finished files are checked by AniWorld's own reading alone. It comes with ffmpeg; or set its path as tools.ffprobe.",
            cancellationToken);
        yield return await LookAsync(
            "yt-dlp", tools.YtDlp, "--version",
            "links that only yt-dlp can read are not used. Install it if you want them, or set its path as tools.yt_dlp.",
            cancellationToken);
    }

    /// <param name="without">What is so without it, and what to do.</param>
    private static async Task<Finding> LookAsync(string name, string? path, string question, string without, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return Finding.Warning(name, $"It is not installed: {without}");
        }

        try
        {
            var said = await ExternalTool.RunAsync(path, [question], Patience, cancellationToken);
            return said.ExitCode == 0
                ? Finding.Ok(name, $"{path}, {said.Output.Split('\n')[0].Trim()}")
                : Finding.Error(name, $"{path} does not run ({said.LastLine}); install it anew or correct its path under tools.");
        }
        catch (FaultException fault)
        {
            return Finding.Error(name, fault.Message);
        }
    }
}

using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Where ffmpeg, ffprobe, yt-dlp and pg_dump are, if they are.</summary>
internal sealed class MediaTools(IOptionsMonitor<AniWorldOptions> options)
{
    /// <summary>Absolute path; <see langword="null"/> when not installed.</summary>
    public string? Ffmpeg => Find(options.CurrentValue.Tools.Ffmpeg, "ffmpeg");

    /// <inheritdoc cref="Ffmpeg"/>
    public string? Ffprobe => Find(options.CurrentValue.Tools.Ffprobe, "ffprobe");

    /// <inheritdoc cref="Ffmpeg"/>
    public string? YtDlp => Find(options.CurrentValue.Tools.YtDlp, "yt-dlp");

    /// <inheritdoc cref="Ffmpeg"/>
    public string? PgDump => Find(options.CurrentValue.Tools.PgDump, "pg_dump");

    private static string? Find(string? configured, string name)
    {
        if (configured is not null)
        {
            return File.Exists(configured) ? Path.GetFullPath(configured) : null;
        }

        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Join(folder, file))
            .FirstOrDefault(File.Exists);
    }
}

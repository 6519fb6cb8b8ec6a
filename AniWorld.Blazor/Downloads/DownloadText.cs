using System.Globalization;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Downloads;

/// <summary>Queue items in words and figures, for the command line.</summary>
internal static class DownloadText
{
    public static string Name(DownloadItem item) =>
        $"{item.SerieName} {new EpisodeNumber(item.Episode.Season, item.Episode.Episode)} [{item.Language}]";

    /// <summary>What it waits for, else how far it is, else its status.</summary>
    public static string State(DownloadItem item) => item.Error
        ?? (item.Progress is null ? item.Status.ToString().ToLowerInvariant() : Progress(item.Progress));

    /// <summary>Such as <c>12.5 %, 81.3 MiB/s, 0:11 left</c>; empty before the first byte.</summary>
    public static string Progress(QueueProgress? progress)
    {
        if (progress is null)
        {
            return "";
        }

        var left = progress.EtaSeconds is { } seconds ? $", {FetchText.Clock(seconds)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Percent:0.0} %, {progress.SpeedMbps:0.0} MiB/s{left}");
    }
}

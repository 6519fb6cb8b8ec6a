using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Services.Tests.Progress;

internal static class SampleEvents
{
    public static readonly Guid Download = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    public static readonly Guid Scan = Guid.Parse("7c9e6679-7425-40de-944b-e07fc1f90ae7");

    public static DownloadProgressed Progressed(double percent, Guid? id = null) => new(
        id ?? Download, "attack-on-titan", "Attack on Titan (2013)", 1, 2, DownloadPhase.Downloading, percent, 100, 400, 3 << 20,
        TimeSpan.FromSeconds(12.2));

    public static DownloadCompleted Completed(Guid? id = null) => new(
        id ?? Download, "attack-on-titan", "Attack on Titan (2013)", 1, 2, "/library/e.mp4", 5 << 20, "de-dub");

    public static DownloadFailed Failed(Guid? id = null, bool willRetry = true) => new(
        id ?? Download, "attack-on-titan", "Attack on Titan (2013)", 1, 2, "stalled: No byte for 30 s.", willRetry,
        new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.FromHours(1)));

    public static QueueChanged Queue(int pending = 3) => new(
        true, false, new QueueStatistics(10, pending, 1, 5, 1, 7 << 20, 1 << 20, TimeSpan.FromSeconds(90.5), 1L << 30));

    public static ScanProgressed Scanned(int current) => new(Scan, current, 8, "naruto", "Naruto", "Naruto");

    public static SystemNotice Notice(string message) => new("info", "test", message);
}

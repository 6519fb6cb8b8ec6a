using AniWorld.Data.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>How far downloads of other nodes are, from what their rows say every few seconds; the speed is what came between two of them.</summary>
internal sealed class SeenProgress(TimeProvider time)
{
    private static readonly TimeSpan Stands = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, Sight> _sights = [];

    public DownloadProgressed Of(DownloadQueueItem item)
    {
        var speed = SpeedOf(item);
        return new DownloadProgressed(
            item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number, PhaseOf(item.Status), item.Percent, item.DownloadedBytes, item.TotalBytes,
            speed, speed > 0 && item.TotalBytes is { } total ? TimeSpan.FromSeconds((total - item.DownloadedBytes) / speed) : null);
    }

    /// <param name="running">Those that are not forgotten.</param>
    public void Forget(IReadOnlySet<Guid> running)
    {
        foreach (var gone in _sights.Keys.Where(id => !running.Contains(id)).ToList())
        {
            _sights.Remove(gone);
        }
    }

    private double SpeedOf(DownloadQueueItem item)
    {
        var now = time.GetTimestamp();
        var last = _sights.GetValueOrDefault(item.Id);
        if (last is not null && last.Bytes == item.DownloadedBytes)
        {
            return time.GetElapsedTime(last.At, now) < Stands ? last.Speed : 0;
        }

        var speed = last is null ? 0 : Math.Max(0, item.DownloadedBytes - last.Bytes) / Math.Max(time.GetElapsedTime(last.At, now).TotalSeconds, 0.1);
        _sights[item.Id] = new Sight(item.DownloadedBytes, now, speed);
        return speed;
    }

    private static DownloadPhase PhaseOf(DownloadStatus status) => status switch
    {
        DownloadStatus.Resolving => DownloadPhase.Resolving,
        DownloadStatus.Paused => DownloadPhase.Paused,
        DownloadStatus.Processing => DownloadPhase.Processing,
        _ => DownloadPhase.Downloading,
    };

    private sealed record Sight(long Bytes, long At, double Speed);
}

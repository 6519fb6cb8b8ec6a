using System.Diagnostics.Metrics;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;

namespace AniWorld.Services.Telemetry;

/// <summary>How things stand, read off when somebody asks. Touches no database, so that asking costs nothing.</summary>
internal sealed class StateMetrics(
    IMeterFactory meters, ProgressService progress, TransferLimits transfers, WebSocketService sockets, LibraryAccess library)
{
    public void Register()
    {
        var meter = meters.Create(TelemetrySource.Name);
        meter.CreateObservableGauge("aniworld.queue.items", QueueItems, "{item}", "Items of the queue by status");
        meter.CreateObservableGauge("aniworld.download.speed", Speed, "By/s", "Bytes per second of all downloads that run on this node");
        meter.CreateObservableCounter("aniworld.download.received", () => transfers.BytesReceived, "By", "Bytes of media received since the start");
        meter.CreateObservableGauge("aniworld.websocket.connections", () => sockets.Count, "{socket}", "WebSockets that are open");
        meter.CreateObservableGauge("aniworld.library.free", () => library.FreeBytes, "By", "Bytes that are free on the library's disk");
    }

    private double Speed() => progress.OwnDownloads.Sum(download => download.Speed);

    private IEnumerable<Measurement<long>> QueueItems()
    {
        if (progress.Queue is not { Statistics: var counts })
        {
            return [];
        }

        var running = progress.ActiveDownloads.CountBy(download => download.Phase).ToDictionary();
        long At(DownloadPhase phase) => running.GetValueOrDefault(phase);
        var moving = At(DownloadPhase.Resolving) + At(DownloadPhase.Downloading) + At(DownloadPhase.Processing);
        return
        [
            Items("pending", counts.PendingCount),
            Items("resolving", At(DownloadPhase.Resolving)),
            Items("downloading", At(DownloadPhase.Downloading)),
            Items("processing", At(DownloadPhase.Processing)),
            Items("paused", Math.Max(At(DownloadPhase.Paused), counts.ActiveCount - moving)),
            Items("completed", counts.CompletedCount),
            Items("failed", counts.FailedCount),
        ];
    }

    private static Measurement<long> Items(string status, long count) => new(count, KeyValuePair.Create<string, object?>("status", status));
}

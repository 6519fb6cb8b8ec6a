using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Progress;

namespace AniWorld.Services.Downloads;

/// <summary>Makes of the engine's byte counts what people want to know: percent, speed and time left.</summary>
internal sealed class TransferReport(EpisodeOrder order, CallbackManager callbacks, TimeProvider time) : IProgress<DownloadProgress>
{
    /// <summary>Only a finished download has 100 percent.</summary>
    private const double AlmostAll = 99.9;

    private readonly Lock _gate = new();
    private readonly SpeedMeter _meter = new(time);
    private DownloadProgress _last = Earlier(order);

    public void Phase(DownloadPhase phase)
    {
        lock (_gate)
        {
            Tell(phase);
        }
    }

    public void Report(DownloadProgress value)
    {
        lock (_gate)
        {
            _last = NotLess(value);
            _meter.Add(value.DownloadedBytes);
            Tell(value.Stage is DownloadStage.Processing ? DownloadPhase.Processing
                : order.Options.IsPaused() ? DownloadPhase.Paused
                : DownloadPhase.Downloading);
        }
    }

    /// <summary>A playlist does not say how many bytes it will be, only how far it is.</summary>
    private static DownloadProgress Earlier(EpisodeOrder order) => order switch
    {
        { DownloadedBytes: > 0, TotalBytes: > 0 } =>
            new(DownloadStage.Transferring, order.DownloadedBytes, order.TotalBytes, (double)order.DownloadedBytes / order.TotalBytes),
        { DownloadedBytes: > 0, Percent: > 0 } => new(DownloadStage.Transferring, order.DownloadedBytes, null, order.Percent / 100),
        _ => new(DownloadStage.Transferring, 0, null, null),
    };

    /// <summary>A crash costs what was not flushed; what is shown stands still until that is there again. Who lost more begins anew.</summary>
    private DownloadProgress NotLess(DownloadProgress value) =>
        (value.TotalBytes ?? 0) == order.TotalBytes && order.DownloadedBytes - value.DownloadedBytes is > 0 and <= PartFile.FlushBytes
            ? Earlier(order) with { Stage = value.Stage }
            : value;

    private void Tell(DownloadPhase phase)
    {
        var speed = phase is DownloadPhase.Downloading ? _meter.Speed : 0;
        callbacks.NotifyProgress(new ProgressContext
        {
            Operation = OperationKind.Download,
            OperationId = order.OperationId,
            Key = order.Episode.SeriesKey,
            Folder = order.Folder,
            Season = order.Episode.Season,
            Number = order.Episode.Number,
            Current = _last.DownloadedBytes,
            Total = _last.TotalBytes,
            Percent = Math.Min(AlmostAll, 100 * (_last.Fraction ?? 0)),
            Transfer = new TransferState(phase, _last.DownloadedBytes, _last.TotalBytes, speed, Left(speed)),
        });
    }

    private TimeSpan? Left(double speed)
    {
        var total = _last.TotalBytes ?? (_last.Fraction is > 0 and var fraction ? (double?)(_last.DownloadedBytes / fraction) : null);
        return total is null || speed < 1 ? null : TimeSpan.FromSeconds(Math.Max(0, (total.Value - _last.DownloadedBytes) / speed));
    }
}

using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;

namespace AniWorld.Blazor.Downloads;

/// <summary>One file that is being fetched. The engine tells often and from any thread; reports look when they want to.</summary>
internal sealed class FetchTransfer(FetchOrder order) : IProgress<DownloadProgress>
{
    private readonly SpeedMeter _meter = new(TimeProvider.System);
    private volatile DownloadProgress _latest = new(DownloadStage.Transferring, 0, null, null);
    private readonly TaskCompletionSource _transferred = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _begun;

    public FetchOrder Order => order;

    public string Name { get; } = Path.GetFileName(order.Target) + (order.Extension is { } extension ? "." + extension : "");

    /// <summary>The finished file; <see langword="null"/> before and when it failed.</summary>
    public DownloadedMedia? Media { get; private set; }

    public FaultException? Fault { get; private set; }

    public TimeSpan Took { get; private set; }

    /// <summary>Until it needs the line no more: it is being verified, or over.</summary>
    public Task Transferred => _transferred.Task;

    /// <summary>Whether bytes come or have come, and it is not over.</summary>
    public bool IsUnderWay => _begun && Media is null && Fault is null;

    public void Report(DownloadProgress value)
    {
        _latest = value;
        _begun = true;
        if (value.Stage is DownloadStage.Processing)
        {
            _transferred.TrySetResult();
        }
    }

    public void Complete(DownloadedMedia media, TimeSpan took)
    {
        (Media, Took) = (media, took);
        _transferred.TrySetResult();
    }

    public void Fail(FaultException fault, TimeSpan took)
    {
        (Fault, Took) = (fault, took);
        _transferred.TrySetResult();
    }

    /// <summary>For the one report there is.</summary>
    public FetchState Look()
    {
        var latest = _latest;
        _meter.Add(latest.DownloadedBytes);
        return new(latest, _meter.Speed);
    }
}

/// <summary>How far a transfer is.</summary>
/// <param name="Speed">Bytes per second over the last seconds.</param>
internal readonly record struct FetchState(DownloadProgress Progress, double Speed)
{
    /// <summary>Only a finished file has 100.</summary>
    public double? Percent => Progress.Fraction is { } fraction ? Math.Min(99.9, 100 * fraction) : null;

    /// <summary>Whole seconds; <see langword="null"/> when nobody can tell.</summary>
    public long? SecondsLeft
    {
        get
        {
            double? total = Progress.TotalBytes ?? (Progress.Fraction is > 0 and var fraction ? Progress.DownloadedBytes / fraction : (double?)null);
            return total is null || Speed < 1 ? null : (long)Math.Ceiling(Math.Max(0, total.Value - Progress.DownloadedBytes) / Speed);
        }
    }
}

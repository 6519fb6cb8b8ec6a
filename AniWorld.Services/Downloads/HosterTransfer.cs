using AniWorld.Services.Downloads.Engine;

namespace AniWorld.Services.Downloads;

/// <summary>What one link of a hoster brings of a download, passed on to whoever reports it.</summary>
internal sealed class HosterTransfer(IProgress<DownloadProgress> report, Func<bool> isPaused, TimeProvider time) : IProgress<DownloadProgress>
{
    /// <summary>Less tells nothing of a speed.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly long _askedAt = time.GetTimestamp();
    private (long At, long Bytes)? _first;
    private (long At, long Bytes) _last;
    private bool _wasPaused;

    /// <summary>Done once the hoster answers with the video.</summary>
    public Task Begun => _begun.Task;

    /// <summary>From the question to the answer.</summary>
    public TimeSpan Latency { get; private set; }

    /// <summary>Whether it brought bytes that were not there.</summary>
    public bool HasBrought
    {
        get
        {
            lock (_gate)
            {
                return _first is { } first && _last.Bytes > first.Bytes;
            }
        }
    }

    /// <summary>Bytes per second; <see langword="null"/> when it was paused or over too soon to tell.</summary>
    public double? Speed
    {
        get
        {
            lock (_gate)
            {
                return _first is { } first && !_wasPaused && time.GetElapsedTime(first.At, _last.At) is var elapsed && elapsed >= Shortest
                    ? (_last.Bytes - first.Bytes) / elapsed.TotalSeconds
                    : null;
            }
        }
    }

    public void Report(DownloadProgress value)
    {
        lock (_gate)
        {
            if (value.Stage is DownloadStage.Transferring)
            {
                var now = (time.GetTimestamp(), value.DownloadedBytes);
                Latency = _first is null ? time.GetElapsedTime(_askedAt, now.Item1) : Latency;
                _first ??= now;
                _last = now;
                _wasPaused |= isPaused();
            }
        }

        _begun.TrySetResult();
        report.Report(value);
    }
}

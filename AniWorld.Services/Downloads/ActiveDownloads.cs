using System.Collections.Concurrent;

namespace AniWorld.Services.Downloads;

/// <summary>Why a running download is told to end before it is complete.</summary>
internal enum StopReason
{
    /// <summary>The program ends, or the queue was stopped: back to pending at a resumable point.</summary>
    Stopped,

    /// <summary>The user paused this one item: it gives its place up and keeps its bytes.</summary>
    Paused,

    /// <summary>The user removed it: its partial files go, too.</summary>
    Removed,

    /// <summary>Another worker has it now.</summary>
    LeaseLost,
}

/// <summary>The downloads that run in this process, and the queue's switch as they see it.</summary>
internal sealed class ActiveDownloads : IDisposable
{
    private readonly ConcurrentDictionary<Guid, RunningDownload> _running = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private volatile bool _isPaused;

    /// <summary>While true, running transfers hold their bytes.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    public int Count => _running.Count;

    public IReadOnlyCollection<Guid> Ids => [.. _running.Keys];

    public void Add(RunningDownload download) => _running[download.Id] = download;

    public void Remove(Guid id) => _running.TryRemove(id, out _);

    /// <returns>False when it does not run here.</returns>
    public bool Stop(Guid id, StopReason reason)
    {
        if (!_running.TryGetValue(id, out var download))
        {
            return false;
        }

        download.Stop(reason);
        return true;
    }

    public void StopAll(StopReason reason)
    {
        foreach (var download in _running.Values)
        {
            download.Stop(reason);
        }
    }

    /// <summary>Tells the worker that there may be something to do.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look anyway.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _wake.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _wake.Dispose();
}

/// <summary>A download that runs in this process.</summary>
internal sealed class RunningDownload(Guid id) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _reason = -1;

    public Guid Id { get; } = id;

    public CancellationToken Token => _stop.Token;

    /// <summary>The first reason given; <see langword="null"/> while it may run.</summary>
    public StopReason? Reason => _reason < 0 ? null : (StopReason)_reason;

    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, -1) == -1)
        {
            _stop.Cancel();
        }
    }

    public void Dispose() => _stop.Dispose();
}

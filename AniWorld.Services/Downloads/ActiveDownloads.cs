using System.Collections.Concurrent;
using AniWorld.Data.Downloads;

namespace AniWorld.Services.Downloads;

/// <summary>Why a running download is told to end before it is complete.</summary>
internal enum StopReason
{
    /// <summary>The program ends, or the queue was stopped: back to pending at a resumable point.</summary>
    Stopped,

    /// <summary>Its place is for one of higher priority: back to pending at a resumable point, and first again among its own.</summary>
    GivesWay,

    /// <summary>The user paused this one item: it gives its place up and keeps its bytes.</summary>
    Paused,

    /// <summary>The user removed it: its partial files go, too.</summary>
    Removed,

    /// <summary>Another worker has it now.</summary>
    LeaseLost,
}

/// <summary>The downloads that run in this process, and the queue's switch as they see it.</summary>
internal sealed class ActiveDownloads(TimeProvider time) : IDisposable
{
    /// <summary>A run that was told to stop lets go of its files long before.</summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, RunningDownload> _running = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private volatile bool _isPaused;

    /// <summary>While true, running transfers hold their bytes.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    /// <summary>Beats with each look at the queue.</summary>
    public WorkerPulse Pulse { get; } = new(time);

    public int Count => _running.Count;

    public IReadOnlyCollection<Guid> Ids => [.. _running.Keys];

    public void Add(RunningDownload download) => _running[download.Id] = download;

    /// <summary>This run of the item has ended; a later one, begun on another node's word, stays.</summary>
    public void Remove(RunningDownload download)
    {
        _running.TryRemove(KeyValuePair.Create(download.Id, download));
        download.End();
    }

    /// <summary>Waits until the item no longer runs here, but not for ever: a run may hang with its disk.</summary>
    /// <returns>False when it runs still.</returns>
    public async Task<bool> EndedAsync(Guid id)
    {
        if (!_running.TryGetValue(id, out var download))
        {
            return true;
        }

        try
        {
            await download.Ended.WaitAsync(LongestEnd, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>A running item's priority was changed.</summary>
    public void SetPriority(Guid id, DownloadPriority priority)
    {
        if (_running.TryGetValue(id, out var download))
        {
            download.Priority = priority;
        }
    }

    /// <summary>Lets the youngest of the least important ones give its place up, unless one is about to end anyway.</summary>
    /// <param name="priority">Of the one that needs a place.</param>
    /// <param name="isAlmostDone">Whether to leave one alone although it is less important.</param>
    public void MakeWay(DownloadPriority priority, Predicate<Guid> isAlmostDone)
    {
        var running = _running.Values.ToList();
        if (running.TrueForAll(download => download.Reason is null))
        {
            running.Where(download => download.Priority < priority && !isAlmostDone(download.Id))
                .OrderBy(download => download.Priority)
                .ThenByDescending(download => download.Number)
                .FirstOrDefault()?
                .Stop(StopReason.GivesWay);
        }
    }

    /// <summary>Stops it, if it runs here and is not ending for another reason already.</summary>
    public void Stop(Guid id, StopReason reason)
    {
        if (_running.TryGetValue(id, out var download))
        {
            download.Stop(reason);
        }
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

    /// <returns>When woken, or after <paramref name="atMost"/>.</returns>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Pulse.Beat();
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => _wake.Dispose();
}

/// <summary>A download that runs in this process.</summary>
internal sealed class RunningDownload(DownloadQueueItem item) : IDisposable
{
    private static long _lastNumber;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reason = -1;

    public Guid Id { get; } = item.Id;

    /// <summary>Grows with every start.</summary>
    public long Number { get; } = Interlocked.Increment(ref _lastNumber);

    public DownloadPriority Priority { get; set; } = item.Priority;

    public CancellationToken Token => _stop.Token;

    public Task Ended => _ended.Task;

    /// <summary>The first reason given; <see langword="null"/> while it may run.</summary>
    public StopReason? Reason => _reason < 0 ? null : (StopReason)_reason;

    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, -1) == -1)
        {
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended by itself a moment ago.
            }
        }
    }

    public void End() => _ended.TrySetResult();

    public void Dispose() => _stop.Dispose();
}

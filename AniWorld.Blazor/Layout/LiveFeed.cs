using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Layout;

/// <summary>What happens, for one circuit: a single subscription however many components listen.</summary>
public sealed class LiveFeed(ProgressService progress, ILogger<LiveFeed> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private Listener[] _listeners = [];
    private Task? _reading;

    /// <summary>Calls <paramref name="told"/> with every batch, one after the other, until the result is disposed.</summary>
    public IDisposable Listen(Func<LiveBatch, Task> told)
    {
        var listener = new Listener(this, told);
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];

            // Subscribed before this returns, so that nothing is missed between the first look at the database and the first batch.
            _reading ??= ReadAsync(progress.Subscribe());
        }

        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_reading is { } reading)
        {
            await reading;
        }

        _closing.Dispose();
    }

    private async Task ReadAsync(ProgressSubscription first)
    {
        // A batch is handed on outside of the caller's lock and renderer.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        for (var subscription = first; ; subscription = progress.Subscribe())
        {
            using (subscription)
            {
                if (subscription != first)
                {
                    await TellAsync(LiveBatch.ReadAnew);
                }

                if (!await ReadToEndAsync(subscription))
                {
                    return;
                }
            }
        }
    }

    /// <returns>Whether to subscribe again, because this one could not keep up.</returns>
    private async Task<bool> ReadToEndAsync(ProgressSubscription subscription)
    {
        try
        {
            await foreach (var batch in subscription.ReadBatchesAsync(_closing.Token))
            {
                await TellAsync(new LiveBatch([.. batch.Select(e => e.Event)], Anew: batch.Any(e => e.Event is DatabaseReplaced)));
            }

            return subscription.Overflowed;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task TellAsync(LiveBatch batch)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                await listener.Told(batch);
            }
            catch (Exception e)
            {
                // One part of a page that fails leaves the others alive; a circuit that is gone needs nothing any more.
                logger.LogWarning(e, "A page could not show what happened");
            }
        }
    }

    private void Remove(Listener listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners.Where(l => l != listener)];
        }
    }

    private sealed class Listener(LiveFeed feed, Func<LiveBatch, Task> told) : IDisposable
    {
        public Func<LiveBatch, Task> Told { get; } = told;

        public void Dispose() => feed.Remove(this);
    }
}

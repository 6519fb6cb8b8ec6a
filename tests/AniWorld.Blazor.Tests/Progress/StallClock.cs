using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Blazor.Tests.Progress;

/// <summary>A clock that is moved by hand and knows which waits of one certain length go on, and when one has run out.</summary>
internal sealed class StallClock(TimeSpan wait) : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private readonly ConcurrentDictionary<Wait, bool> _waits = new();
    private volatile bool _hasRunOut;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != wait)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var begun = new Wait(this);
        _waits[begun] = true;
        begun.Timer = base.CreateTimer(
            inner =>
            {
                _hasRunOut = true;
                callback(inner);
            },
            state,
            dueTime,
            period);
        return begun;
    }

    /// <summary>The one such wait that goes on, once there is just one.</summary>
    public async Task<ITimer> OnlyWaitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (_waits.Keys.ToList() is [var only])
            {
                return only;
            }

            await Task.Yield();
        }
    }

    /// <summary>Moves on until such a wait has run out, also when it begins only now.</summary>
    public async Task LetTheStallEndAsync()
    {
        while (!_hasRunOut)
        {
            Advance(wait);
            await Task.Yield();
        }
    }

    private sealed class Wait(StallClock clock) : ITimer
    {
        public ITimer? Timer { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);

        public void Dispose()
        {
            clock._waits.TryRemove(this, out _);
            Timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

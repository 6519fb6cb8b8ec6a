using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>A clock that stands still but for the waits that a test wants over: those are over as soon as they begin.</summary>
internal sealed class LeapingTime : FakeTimeProvider
{
    /// <summary>Which waits to leap over, by their length.</summary>
    public Func<TimeSpan, bool> Leaps { get; set; } = _ => false;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(TimeSpan dueTime)
    {
        if (dueTime > TimeSpan.Zero && Leaps(dueTime))
        {
            // Not at once: who sets a timer is not ready for its end yet.
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }
    }

    private sealed class WatchedTimer(LeapingTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            time.Set(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Blazor.Tests.Progress;

/// <summary>A clock that is moved by hand and knows when a wait of one certain length has run out.</summary>
internal sealed class StallClock(TimeSpan wait) : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private volatile bool _hasRunOut;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime != wait
            ? base.CreateTimer(callback, state, dueTime, period)
            : base.CreateTimer(
                inner =>
                {
                    _hasRunOut = true;
                    callback(inner);
                },
                state,
                dueTime,
                period);

    /// <summary>Moves on until such a wait has run out, also when it begins only now.</summary>
    public async Task LetTheStallEndAsync()
    {
        while (!_hasRunOut)
        {
            Advance(wait);
            await Task.Yield();
        }
    }
}

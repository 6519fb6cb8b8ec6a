using AniWorld.Services.Downloads;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads;

public sealed class WorkerPulseTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Each_look_at_the_queue_is_a_beat()
    {
        using var active = new ActiveDownloads(_time);
        Assert.Null(active.Pulse.Silence);

        active.Wake();
        await active.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), active.Pulse.Silence);

        active.Wake();
        await active.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, active.Pulse.Silence);
    }
}

using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class SitePaceTests : IDisposable
{
    private static readonly PaceLimits OnePerSecond = new(PerMinute: 60, Burst: 2);

    private readonly FakeTimeProvider _time = new();
    private readonly SitePace _pace;

    public SitePaceTests() => _pace = new SitePace(concurrency: 2, _time);

    public void Dispose() => _pace.Dispose();

    [Fact]
    public void After_a_burst_requests_go_out_at_the_rate()
    {
        Assert.True(Pass().IsCompletedSuccessfully);
        Assert.True(Pass().IsCompletedSuccessfully);
        var third = Pass();

        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(Settled(third));
    }

    [Fact]
    public void A_long_rest_saves_up_no_more_than_the_burst()
    {
        _time.Advance(TimeSpan.FromHours(1));

        Assert.True(Pass().IsCompletedSuccessfully);
        Assert.True(Pass().IsCompletedSuccessfully);
        Assert.False(Pass().IsCompleted);
    }

    [Fact]
    public async Task No_more_than_the_allowed_number_run_at_once()
    {
        var limits = new PaceLimits(6_000, Burst: 100);
        var first = await _pace.EnterAsync(limits, CancellationToken.None);
        using var second = await _pace.EnterAsync(limits, CancellationToken.None);
        var third = _pace.EnterAsync(limits, CancellationToken.None);
        Assert.False(third.IsCompleted);

        first.Dispose();

        using var turn = await third;
    }

    [Fact]
    public void A_pause_holds_everybody_back_until_it_is_over()
    {
        _pace.Pause(TimeSpan.FromSeconds(7));
        var request = Pass();

        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(request.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(Settled(request));
    }

    [Fact]
    public async Task A_pause_of_more_than_a_minute_is_told_at_once()
    {
        _pace.Pause(TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromMinutes(1));

        var fault = await Assert.ThrowsAsync<FaultException>(Pass);

        Assert.Equal("rate_limited", fault.Code);
        Assert.Equal(TimeSpan.FromMinutes(9), fault.RetryAfter);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_its_place()
    {
        using var patience = new CancellationTokenSource();
        _pace.Pause(TimeSpan.FromSeconds(30));
        var waiting = Enumerable.Range(0, 2).Select(_ => _pace.EnterAsync(OnePerSecond, patience.Token)).ToList();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(Settled(Pass()));
    }

    private async Task Pass()
    {
        using var turn = await _pace.EnterAsync(OnePerSecond, CancellationToken.None);
    }

    private static bool Settled(Task task) => Task.WaitAny([task], TimeSpan.FromMinutes(2)) == 0 && task.IsCompletedSuccessfully;
}

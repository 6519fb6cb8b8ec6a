using AniWorld.Services.Downloads.Engine;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

public sealed class ConnectionRampTests
{
    private const long Mib = 1 << 20;
    private const long Endless = 1L << 50;
    private readonly FakeTimeProvider _time = new();
    private long _bytes;

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void All_that_are_allowed_begin(int most) => Assert.Equal(most, new ConnectionRamp(most, Endless, _time).Wanted);

    [Fact]
    public void A_server_that_limits_each_connection_keeps_all_but_for_short_trials()
    {
        var ramp = new ConnectionRamp(16, Endless, _time);
        var shortened = 0;

        Run(ramp, TimeSpan.FromMinutes(10), () =>
        {
            shortened += ramp.Wanted < 16 ? 1 : 0;
            return 4 * Mib * ramp.Wanted;
        });

        Assert.Equal(16, ramp.Wanted);
        Assert.InRange(shortened * 0.025, 1, 20);
    }

    [Fact]
    public void Shortly_before_the_end_no_connection_is_given_up()
    {
        var ramp = new ConnectionRamp(16, 20 * 64 * Mib, _time);
        var shortened = false;

        Run(ramp, TimeSpan.FromSeconds(20), () =>
        {
            shortened |= _bytes > 64 * Mib && ramp.Wanted < 16;
            return 4 * Mib * ramp.Wanted;
        });

        Assert.False(shortened);
        Assert.Equal(16, ramp.Wanted);
    }

    [Fact]
    public void A_line_that_is_full_with_few_connections_keeps_few()
    {
        var ramp = new ConnectionRamp(16, Endless, _time);

        Run(ramp, TimeSpan.FromMinutes(5), () => Math.Min(10 * Mib, 4 * Mib * ramp.Wanted));

        Assert.InRange(ramp.Wanted, 2, 4);
    }

    [Fact]
    public void A_speed_that_breaks_down_brings_all_connections_back()
    {
        var (ramp, each) = (new ConnectionRamp(16, Endless, _time), 10 * Mib);
        long Speed() => Math.Min(10 * Mib, each * Math.Max(1, ramp.Wanted));
        Run(ramp, TimeSpan.FromMinutes(5), Speed);
        Assert.Equal(1, ramp.Wanted);

        each = Mib / 2;
        Run(ramp, TimeSpan.FromMinutes(1), Speed);

        Assert.InRange(ramp.Wanted, 12, 16);
    }

    [Fact]
    public void A_server_that_wants_fewer_is_not_asked_for_more_again()
    {
        var ramp = new ConnectionRamp(16, Endless, _time);
        ramp.Cap(3);

        Run(ramp, TimeSpan.FromMinutes(1), () => Mib * (1 + (_time.GetTimestamp() / TimeSpan.TicksPerSecond % 7)));

        Assert.Equal(3, ramp.Wanted);
    }

    private void Run(ConnectionRamp ramp, TimeSpan duration, Func<long> speed)
    {
        var step = TimeSpan.FromMilliseconds(25);
        for (var at = TimeSpan.Zero; at < duration; at += step)
        {
            _time.Advance(step);
            _bytes += (long)(speed() * step.TotalSeconds);
            ramp.Observe(_bytes);
        }
    }
}

using AniWorld.Services.Progress;
using AniWorld.Services.Statistics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Statistics;

public sealed class SpeedHistoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly ProgressService _progress;
    private readonly SpeedHistory _history;

    public SpeedHistoryTests()
    {
        _progress = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), _time);
        _history = new SpeedHistory(_progress, _time);
    }

    public void Dispose()
    {
        _history.Dispose();
        _progress.Dispose();
    }

    [Fact]
    public void A_minute_has_the_mean_of_what_was_measured_in_it()
    {
        Add(seconds: 0, 100);
        Add(seconds: 30, 300);
        Add(seconds: 60, 50);
        _time.Advance(TimeSpan.FromSeconds(70));

        var samples = _history.Read();

        Assert.Equal(SpeedHistory.Minutes, samples.Count);
        Assert.Equal([200, 50], samples.Select(sample => sample.BytesPerSecond).TakeLast(2));
        Assert.All(samples.SkipLast(2), sample => Assert.Null(sample.BytesPerSecond));
        Assert.Equal(_time.GetUtcNow().AddSeconds(-10), samples[^1].At);
    }

    [Fact]
    public void What_is_older_than_an_hour_is_forgotten()
    {
        Add(seconds: 0, 100);
        _time.Advance(TimeSpan.FromMinutes(60));
        Add(seconds: 0, 7);

        Assert.Equal([7], _history.Read().Select(sample => sample.BytesPerSecond).OfType<double>());
    }

    [Fact]
    public void After_the_clock_was_put_back_only_what_was_is_shown()
    {
        Add(seconds: 0, 100);
        _history.Add(_time.GetUtcNow().AddMinutes(-30), 7);

        Assert.Equal([7], _history.Read().Select(sample => sample.BytesPerSecond).OfType<double>());
    }

    [Fact]
    public async Task It_adds_up_all_downloads_that_run()
    {
        await _history.StartAsync(TestContext.Current.CancellationToken);
        Running(1_000);
        Running(500);

        // The worker may begin a moment after its start.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                return _history.Read()[^1].BytesPerSecond is not null;
            },
            TimeSpan.FromMinutes(2)));
        Assert.Equal(1_500, _history.Read()[^1].BytesPerSecond);
        await _history.StopAsync(TestContext.Current.CancellationToken);
    }

    private void Add(int seconds, double speed) => _history.Add(_time.GetUtcNow().AddSeconds(seconds), speed);

    private void Running(double speed) => _progress.Publish(new DownloadProgressed(
        Guid.NewGuid(), "mond-lotse", "Mondlotse", 1, 1, DownloadPhase.Downloading, 10, 10, 100, speed, null));
}

using AniWorld.Services.Progress;
using Microsoft.Extensions.Hosting;

namespace AniWorld.Services.Statistics;

/// <summary>How fast all downloads together were over the last hour. Kept in memory only, from the server's start on.</summary>
public sealed class SpeedHistory(ProgressService progress, TimeProvider time) : BackgroundService
{
    public const int Minutes = 60;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<Minute> _minutes = [];

    /// <summary>The mean of each of the last 60 minutes, oldest first.</summary>
    public IReadOnlyList<SpeedSample> Read()
    {
        var newest = MinuteOf(time.GetUtcNow());
        lock (_gate)
        {
            var known = _minutes.ToDictionary(minute => minute.At, minute => minute.Sum / minute.Count);
            return
            [
                .. Enumerable.Range(1 - Minutes, Minutes)
                    .Select(back => newest.AddMinutes(back))
                    .Select(at => new SpeedSample(at, known.TryGetValue(at, out var mean) ? mean : null)),
            ];
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(
        Interval,
        _ =>
        {
            Add(time.GetUtcNow(), progress.ActiveDownloads.Sum(download => download.Speed));
            return Task.CompletedTask;
        },
        stoppingToken);

    internal void Add(DateTimeOffset now, double bytesPerSecond)
    {
        var at = MinuteOf(now);
        lock (_gate)
        {
            // Also when the clock was put back: what then lies ahead is of no hour that was.
            _minutes.RemoveAll(minute => minute.At > at || at - minute.At >= TimeSpan.FromMinutes(Minutes));
            if (_minutes is [.., var last] && last.At == at)
            {
                last.Take(bytesPerSecond);
            }
            else
            {
                _minutes.Add(new Minute(at, bytesPerSecond));
            }
        }
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMinute));

    private sealed class Minute(DateTimeOffset at, double first)
    {
        public DateTimeOffset At => at;

        public double Sum { get; private set; } = first;

        public int Count { get; private set; } = 1;

        public void Take(double value) => (Sum, Count) = (Sum + value, Count + 1);
    }
}

/// <param name="At">The minute's beginning, in UTC.</param>
/// <param name="BytesPerSecond"><see langword="null"/> when nobody measured: the server did not run.</param>
public sealed record SpeedSample(DateTimeOffset At, double? BytesPerSecond);

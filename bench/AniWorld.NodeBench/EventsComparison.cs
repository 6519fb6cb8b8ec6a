using System.Diagnostics;
using AniWorld.Data;
using AniWorld.Tests;

namespace AniWorld.NodeBench;

/// <summary>How fast the ends of downloads, which must not be lost, come from one node to another, with Redis and without; next to Redis alone.</summary>
internal static class EventsComparison
{
    /// <summary>
    /// So many are told in a throughput run, and so many are under way at most. A node knows its last 20,000 again when it looks into the database, which is
    /// every 4 s beside Redis: with more than that between two looks it would count some twice.
    /// </summary>
    private const int Many = 8_000;
    private const int Window = 2_000;

    /// <summary>So many are told in a latency run, so far apart.</summary>
    private const int Few = 500;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(PostgreSqlServer server, int runs)
    {
        using var redis = RedisServer.Launch();
        var place = new DatabasePlace.Server(server.CreateDatabase("events"));
        Console.WriteLine(
            "| from node to node | events/s | from–to | median, ms | from–to | p99, ms | from–to |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        await MeasureAsync("database and Redis", runs, () => NodeLine.OpenAsync(place, redis.ConnectionString));
        await MeasureAsync("database alone", runs, () => NodeLine.OpenAsync(place, redis: null));
        await MeasureAsync("bare Redis, the same bytes", runs, () => BareLine.OpenAsync(redis.ConnectionString));
    }

    private static async Task MeasureAsync(string name, int runs, Func<Task<ILine>> open)
    {
        var (speeds, medians, slowest) = (new List<double>(), new List<double>(), new List<double>());
        await using var line = await open();
        for (var run = -1; run < runs; run++)
        {
            var speed = await ManyAsync(line);
            var latencies = await FewAsync(line);
            // The first run warms up.
            if (run >= 0)
            {
                speeds.Add(speed);
                medians.Add(latencies[latencies.Count / 2]);
                slowest.Add(latencies[latencies.Count * 99 / 100]);
            }
        }

        Console.WriteLine($"| {name} | {Figures.Row(speeds)} | {Figures.Row(medians)} | {Figures.Row(slowest)} |");
    }

    private static async Task<double> ManyAsync(ILine line)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (told, heard, begun) = (0, 0, Stopwatch.GetTimestamp());
        while (heard < Many)
        {
            for (; told < Many && told - heard < Window; told++)
            {
                line.Tell(new Mark(told, Stopwatch.GetTimestamp()));
            }

            await line.Heard.ReadAsync(patience.Token);
            heard++;
        }

        return Many / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <returns>Milliseconds from telling to hearing, sorted.</returns>
    private static async Task<List<double>> FewAsync(ILine line)
    {
        using var patience = new CancellationTokenSource(Patience);
        var telling = TellAsync();
        var latencies = new List<double>();
        while (latencies.Count < Few)
        {
            var mark = await line.Heard.ReadAsync(patience.Token);
            latencies.Add(Stopwatch.GetElapsedTime(mark.At).TotalMilliseconds);
        }

        await telling;
        latencies.Sort();
        return latencies;

        async Task TellAsync()
        {
            using var timer = new PeriodicTimer(Apart);
            for (var told = 0; told < Few; told++)
            {
                line.Tell(new Mark(told, Stopwatch.GetTimestamp()));
                await timer.WaitForNextTickAsync();
            }
        }
    }
}

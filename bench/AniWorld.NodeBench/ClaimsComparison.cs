using System.Globalization;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Tests;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.NodeBench;

/// <summary>How many downloads 1, 2 and 4 workers take and end in a second, on either database.</summary>
internal static class ClaimsComparison
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);
    private static readonly int[] Workers = [1, 2, 4];

    public static async Task RunAsync(PostgreSqlServer server, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("aniworld-bench-").FullName;
        Console.WriteLine("| taken and ended per second, 100,000 waiting | aniworld | from–to | bare SQL | from–to |\n| --- | ---: | ---: | ---: | ---: |");
        // On SQLite a process has the file to itself: its workers share what a node has.
        await CompareAsync("SQLite", new DatabasePlace.File(Path.Join(folder, "aniworld.db")), _ => 1, runs);
        await CompareAsync("PostgreSQL", new DatabasePlace.Server(server.CreateDatabase("claims")), workers => workers, runs);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task CompareAsync(string name, DatabasePlace place, Func<int, int> nodesFor, int runs)
    {
        await using var first = await BenchNode.StartAsync(place);
        var databases = first.Get<IDbContextFactory<AniWorldDbContext>>();
        await WaitingQueue.FillAsync(databases);
        foreach (var workers in Workers)
        {
            var (ours, bare) = (new List<double>(), new List<double>());
            List<BenchNode> nodes = [];
            for (var node = 0; node < nodesFor(workers); node++)
            {
                nodes.Add(await BenchNode.StartAsync(place));
            }

            // The first run warms up.
            for (var run = -1; run < runs; run++)
            {
                await WaitingQueue.ResetAsync(databases, place);
                ours.Add(await MeasureAsync(workers, (worker, over) => WorkAsync(nodes[worker % nodes.Count].Get<DownloadClaims>(), over)));
                await WaitingQueue.ResetAsync(databases, place);
                bare.Add(await MeasureAsync(workers, (_, over) => BareClaims.WorkAsync(place, over)));
            }

            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }

            Console.WriteLine($"| {name}, {workers} {(workers == 1 ? "worker" : "workers")} | {Figures.Row(ours[1..])} | {Figures.Row(bare[1..])} |");
        }
    }

    /// <returns>How many all workers took in a second.</returns>
    private static async Task<double> MeasureAsync(int workers, Func<int, CancellationToken, Task<int>> work)
    {
        using var over = new CancellationTokenSource(Length);
        var taken = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => work(worker, over.Token))));
        return taken.Sum() / Length.TotalSeconds;
    }

    private static async Task<int> WorkAsync(DownloadClaims claims, CancellationToken over)
    {
        var taken = 0;
        while (!over.IsCancellationRequested)
        {
            var (_, claim) = await claims.TakeAsync(CancellationToken.None) ?? throw new InvalidOperationException("Nothing was left to take.");
            if (!await claims.ReleaseAsync(claim, DownloadStatus.Completed, null, 0, null, cancellationToken: CancellationToken.None))
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{claim.Id} was taken by two."));
            }

            taken++;
        }

        return taken;
    }
}

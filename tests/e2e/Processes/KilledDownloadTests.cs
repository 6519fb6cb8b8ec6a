using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>kill -9 in the middle of downloads: nothing queued is lost, and what is on disk is not fetched again.</summary>
[Trait("Kind", "kill")]
public sealed class KilledDownloadTests
{
    private const int Seed = 20261122;
    private const int Kills = 3;
    private const long Size = 64L << 20;
    private const long LostPerKill = 64L << 20;

    [Fact]
    public async Task A_download_killed_at_many_moments_goes_on_each_time_and_ends_byte_identical()
    {
        await using var server = await ReadyServer.StartAsync(
            new SampleSiteOptions { PadTo = Size }, "--downloads.parallel", "1", "--downloads.connections", "4");
        var slow = server.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 2 << 20 });
        var id = await QueueAsync(server);
        var queue = await QueueOrderAsync(server);
        await server.PostAsync("/api/queue/start");

        var random = new Random(Seed);
        var moments = Enumerable.Range(0, Kills).Select(_ => (long)(random.NextDouble() * 0.9 * Size)).Order().ToList();
        IReadOnlyList<Stretch> there = [];
        var seen = 0;
        foreach (var moment in moments)
        {
            await server.WaitForBytesAsync(moment);
            await server.Process.KillAsync();

            Assert.Empty(LibraryFiles.Videos(server.Process.Library));
            Resumption.AssertGoesOn(there, server.MediaRequests(seen));
            (there, seen) = (OnDisk(server), server.LastRequest);

            await server.Process.StartAgainAsync();
            Assert.Equal(queue, await QueueOrderAsync(server));
        }

        Assert.True(server.Site.Faults.Remove(slow));
        await server.WaitForStatusAsync(id, "completed");
        await server.Process.KillAsync();

        Assert.InRange(there.Sum(stretch => stretch.End - stretch.Start), Size / 4, Size);
        Resumption.AssertGoesOn(there, server.MediaRequests(seen).Where(IsOfFirst).ToList());
        Assert.InRange(server.MediaRequests().Where(IsOfFirst).Sum(request => request.BytesSent), Size, Size + (Kills * LostPerKill));
        var file = Assert.Single(LibraryFiles.Videos(server.Process.Library));
        Assert.Equal(server.Site.ClipOf("kurz-und-knapp", 1, 2, "Rangeo").Sha256, await LibraryFiles.Sha256Async(file));

        bool IsOfFirst(LoggedRequest request) =>
            request.Path == server.Site.EntryOf("kurz-und-knapp", 1, 2, "Rangeo").AbsolutePath;
    }

    [Fact]
    public async Task Segments_that_were_finished_before_the_kill_are_not_fetched_again()
    {
        await using var server = await ReadyServer.StartAsync(null, "--hosters.order.0", "Streamly", "--downloads.connections", "1");
        var slow = server.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Streamly", BytesPerSecond = 60_000 });
        await server.AddAsync("kurz-und-knapp");
        var id = (await server.EnqueueAsync("kurz-und-knapp", "normal", 1, 1)).Single();
        await ReadyServer.WaitAsync(() => Task.FromResult(Finished(server) >= 2), () => "no journal of two segments");
        await server.Process.KillAsync();
        Assert.Empty(LibraryFiles.Videos(server.Process.Library));
        var (finished, seen) = (Finished(server), server.LastRequest);
        server.Site.Faults.Remove(slow);

        await server.Process.StartAgainAsync();
        await server.WaitForStatusAsync(id, "completed");

        var segments = server.MediaRequests(seen).Select(request => request.Path).Where(path => path.EndsWith(".ts", StringComparison.Ordinal)).ToList();
        // The last one that was there is looked at again: it shows that the stream is still the same.
        Assert.Equal(6 - finished + 1, segments.Count);
        Assert.All(segments, path => Assert.InRange(int.Parse(Path.GetFileNameWithoutExtension(path), null), finished - 1, 5));
        var file = Assert.Single(LibraryFiles.Videos(server.Process.Library));
        Assert.Equal(server.Site.ClipOf("kurz-und-knapp", 1, 1, "Streamly").Sha256, await LibraryFiles.Sha256Async(file));
        Assert.Empty(LibraryFiles.Partials(server.Process.Library));
    }

    /// <summary>Fills the queue while it stands still, and mixes priorities and order.</summary>
    /// <returns>The item that comes first.</returns>
    private static async Task<string> QueueAsync(ReadyServer server)
    {
        await server.PostAsync("/api/queue/stop");
        await server.AddAsync("kurz-und-knapp");
        await server.AddAsync("chronik-der-tausend-boten");
        var first = await server.EnqueueAsync("kurz-und-knapp", "high", 1, 1, 2, 3);
        var many = await server.EnqueueAsync("chronik-der-tausend-boten", "normal", 1, Enumerable.Range(1, 400));
        await server.EnqueueAsync("chronik-der-tausend-boten", "low", 1, Enumerable.Range(401, 80));
        await server.PostAsync("/api/queue/reorder", new { item_ids = (string[])[first[1], first[2], first[0], .. many.Reverse()] });
        return first[1];
    }

    /// <summary>Ids and priorities, in the queue's order.</summary>
    private static async Task<IReadOnlyList<string>> QueueOrderAsync(ReadyServer server)
    {
        var items = await server.ItemsAsync();
        Assert.Equal(483, items.Count);
        Assert.DoesNotContain(items, item => item.GetProperty("status").GetString() is "failed" or "completed" or "cancelled");
        return [.. items.Select(item => $"{item.GetProperty("id")} {item.GetProperty("priority")}")];
    }

    private static IReadOnlyList<Stretch> OnDisk(ReadyServer server) =>
        [.. LibraryFiles.Journals(server.Process.Library).Values.SelectMany(LibraryFiles.Done)];

    private static int Finished(ReadyServer server) =>
        LibraryFiles.Journals(server.Process.Library).Values.Select(journal => journal.GetProperty("ends").GetArrayLength()).SingleOrDefault();
}

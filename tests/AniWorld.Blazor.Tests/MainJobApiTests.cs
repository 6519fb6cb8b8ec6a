using System.Security.Cryptography;
using AniWorld.SampleSite;

namespace AniWorld.Blazor.Tests;

/// <summary>The whole way over REST and the WebSocket.</summary>
[Trait("Kind", "api")]
public sealed class MainJobApiTests
{
    [Fact]
    public async Task A_season_is_found_added_downloaded_and_no_longer_missing()
    {
        await using var server = await AniWorldServer.StartReadyAsync(
            null, "--hosters.order.0", "Rangeo", "--tools.ffmpeg", "/nonexistent", "--tools.ffprobe", "/nonexistent");

        var hits = await server.PostAsync("/api/anime/search", new { query = "kurz" });
        var hit = hits.EnumerateArray().First(h => h.GetProperty("key").GetString() == "kurz-und-knapp");
        Assert.False(hit.GetProperty("in_library").GetBoolean());

        var added = await server.PostAsync("/api/anime/add", new { link = hit.GetProperty("link").GetString() });
        Assert.Equal(3, added.GetProperty("missing_count").GetInt32());
        using var events = await server.ListenAsync("downloads", "download_progress", "scan_progress");
        await server.PostAsync("/api/anime/rescan");
        Assert.Equal(3, (await events.NextAsync("scan_complete")).GetProperty("missing").GetInt32());
        Assert.Equal(3, (await server.GetAsync("/api/missing")).GetArrayLength());

        var queued = await server.EnqueueAsync("kurz-und-knapp", (1, 1), (1, 2), (1, 3));
        Assert.Equal(3, queued.GetProperty("added").GetArrayLength());
        for (var i = 0; i < 3; i++)
        {
            var complete = await events.NextAsync("download_complete");
            Assert.Equal("kurz-und-knapp", complete.GetProperty("key").GetString());
            var path = Path.Join(server.Library, complete.GetProperty("file_path").GetString());
            var source = server.Site.ClipOf("kurz-und-knapp", 1, complete.GetProperty("episode").GetInt32(), "Rangeo");
            Assert.Equal(source.Sha256, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path))));
        }

        Assert.Contains(events.Received, e => e.GetProperty("type").GetString() == "download_progress"
            && e.GetProperty("data").GetProperty("percent").GetDouble() is 100);
        Assert.Equal(0, (await server.GetAsync("/api/missing")).GetArrayLength());
        Assert.Equal(0, (await server.GetAsync("/api/anime")).GetArrayLength());
        var series = await server.GetAsync("/api/anime/kurz-und-knapp");
        Assert.Equal(3, series.GetProperty("downloaded_count").GetInt32());
        Assert.All(series.GetProperty("episodes").EnumerateArray(), e => Assert.True(e.GetProperty("is_downloaded").GetBoolean()));
        Assert.Empty(Directory.EnumerateFiles(server.Library, "*.part*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("Rangeo")]
    [InlineData("Plainfile")]
    [InlineData("Streamly")]
    [InlineData("Cryptix")]
    [InlineData("Embedo")]
    public async Task Each_kind_of_hoster_delivers_a_playable_file(string hoster)
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--hosters.order.0", hoster);
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads");

        await server.EnqueueAsync("kurz-und-knapp", (1, 1));

        var complete = await events.NextAsync("download_complete");
        var item = (await server.GetAsync("/api/queue/status")).GetProperty("completed_downloads")[0];
        Assert.Equal(hoster, item.GetProperty("hoster").GetString());
        await Probe.AssertPlayableAsync(Path.Join(server.Library, complete.GetProperty("file_path").GetString()));
    }

    [Fact]
    public async Task Queueing_an_episode_many_times_at_once_makes_one_item()
    {
        await using var server = await AniWorldServer.StartReadyAsync(new SampleSiteOptions { Throttle = 20_000 });
        await server.AddAsync("kurz-und-knapp");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.EnqueueAsync("kurz-und-knapp", (1, 1))));

        Assert.Equal(1, answers.Sum(a => a.GetProperty("added").GetArrayLength()));
        Assert.Equal(19, answers.Sum(a => a.GetProperty("skipped").GetArrayLength()));
    }

    [Fact]
    public async Task A_broken_hoster_is_passed_over_for_the_next_one()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--hosters.order.0", "Rangeo", "--hosters.order.1", "Plainfile");
        server.Site.Faults.Add(new(AniWorld.SampleSite.Faults.FaultKind.Status) { Hoster = "Rangeo", Status = 404 });
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads");

        await server.EnqueueAsync("kurz-und-knapp", (1, 1));

        await events.NextAsync("download_complete");
        var item = (await server.GetAsync("/api/queue/status")).GetProperty("completed_downloads")[0];
        Assert.Equal("Plainfile", item.GetProperty("hoster").GetString());
    }

    [Fact]
    public async Task An_item_waits_for_room_on_the_disk_and_goes_on_by_itself()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.PutConfigAsync(new { downloads = new { min_free_mb = 1_048_576 } });
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads");

        await server.EnqueueAsync("kurz-und-knapp", (1, 1));

        var failed = await events.NextAsync("download_failed");
        Assert.StartsWith("disk_full: ", failed.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(failed.GetProperty("will_retry").GetBoolean());
        var waiting = (await server.GetAsync("/api/queue/status")).GetProperty("pending_queue")[0];
        Assert.StartsWith("disk_full: ", waiting.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, waiting.GetProperty("retry_count").GetInt32());
    }

    [Fact]
    public async Task Stop_returns_active_items_to_pending_and_start_goes_on()
    {
        await using var server = await AniWorldServer.StartReadyAsync(
            new SampleSiteOptions { Throttle = 30_000 }, "--hosters.order.0", "Rangeo", "--downloads.connections", "1");
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads", "download_progress");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        while ((await events.NextAsync("download_progress")).GetProperty("percent").GetDouble() <= 0)
        {
        }

        await server.PostAsync("/api/queue/stop");
        JsonWait status = new(server);
        await status.UntilAsync("/api/queue/status", s => s.GetProperty("pending_queue").GetArrayLength() == 1);
        Assert.False((await server.GetAsync("/api/queue/status")).GetProperty("is_running").GetBoolean());

        await server.PostAsync("/api/queue/start");
        await events.NextAsync("download_complete");
    }

    [Fact]
    public async Task Removing_an_active_download_leaves_no_partial_file()
    {
        await using var server = await AniWorldServer.StartReadyAsync(
            new SampleSiteOptions { Throttle = 30_000 }, "--hosters.order.0", "Rangeo", "--downloads.connections", "1");
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads", "download_progress");
        var queued = await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        while ((await events.NextAsync("download_progress")).GetProperty("percent").GetDouble() <= 0)
        {
        }

        using var removed = await server.Http.DeleteAsync($"/api/queue/{queued.GetProperty("added")[0].GetString()}");

        Assert.Equal(System.Net.HttpStatusCode.NoContent, removed.StatusCode);
        await JsonWait.UntilAsync(() => !Directory.EnumerateFiles(server.Library, "*.part*", SearchOption.AllDirectories).Any());
        Assert.Equal(0, (await server.GetAsync("/api/queue/status")).GetProperty("active_downloads").GetArrayLength());
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.Blazor.Tests;

/// <summary>The queue over REST, while it stands still or moves slowly.</summary>
[Trait("Kind", "api")]
public sealed class QueueApiTests
{
    private const string Key = "papierdrachen-ag";

    [Fact]
    public async Task Items_wait_in_the_order_of_priority_and_place()
    {
        await using var server = await StoppedAsync();
        var first = await AddAsync(server, "normal", 1, 2, 3);
        var urgent = await AddAsync(server, "high", 4);

        Assert.Equal($"{urgent[0]} {first[0]} {first[1]} {first[2]}", await PendingAsync(server));

        await server.PostAsync("/api/queue/reorder", new { item_ids = new[] { first[2], first[0] } });
        Assert.Equal($"{urgent[0]} {first[2]} {first[1]} {first[0]}", await PendingAsync(server));

        Assert.Equal(HttpStatusCode.OK, await PatchAsync(server, first[0], new { priority = "high" }));
        Assert.Equal($"{first[0]} {urgent[0]} {first[2]} {first[1]}", await PendingAsync(server));
    }

    [Fact]
    public async Task A_paused_item_stands_aside_and_comes_back_to_its_place()
    {
        await using var server = await StoppedAsync();
        var items = await AddAsync(server, "normal", 1, 2);

        Assert.Equal(HttpStatusCode.OK, await PatchAsync(server, items[0], new { paused = true }));
        Assert.Equal(items[1], await PendingAsync(server));
        Assert.Equal(items[0], (await server.GetAsync("/api/queue/status")).GetProperty("active_downloads")[0].GetProperty("id").GetString());

        Assert.Equal(HttpStatusCode.OK, await PatchAsync(server, items[0], new { paused = false }));
        Assert.Equal($"{items[0]} {items[1]}", await PendingAsync(server));
    }

    [Fact]
    public async Task Items_are_paged_and_filtered()
    {
        await using var server = await StoppedAsync();
        var items = await AddAsync(server, "normal", 1, 2, 3, 4);

        using var answer = await server.Http.GetAsync("/api/queue/items?status=pending&page=2&per_page=3");

        Assert.Equal("4", answer.Headers.GetValues("X-Total-Count").Single());
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal([items[3]], page.EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
        using var wrong = await server.Http.GetAsync("/api/queue/items?status=tired");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task An_episode_that_is_queued_or_not_offered_is_skipped_with_a_reason()
    {
        await using var server = await StoppedAsync();
        await AddAsync(server, "normal", 1);

        var again = await server.EnqueueAsync(Key, (1, 1), (9, 9));

        Assert.Equal(0, again.GetProperty("added").GetArrayLength());
        Assert.Equal(2, again.GetProperty("skipped").GetArrayLength());
        Assert.All(again.GetProperty("skipped").EnumerateArray(), s => Assert.NotEmpty(s.GetProperty("reason").GetString()!));
    }

    [Fact]
    public async Task A_download_that_fails_for_good_says_why_and_can_be_tried_again()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");
        server.Site.Faults.Add(new Fault(FaultKind.Status) { Path = "/hoster/", Status = 404 });
        using var events = await server.ListenAsync("downloads");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        var failed = await events.NextAsync("download_failed");
        Assert.StartsWith("http_404: ", failed.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(failed.GetProperty("will_retry").GetBoolean());
        Assert.Equal(1, (await server.GetAsync("/api/queue/status")).GetProperty("failed_downloads").GetArrayLength());

        server.Site.Faults.Clear();
        Assert.Equal(1, (await server.PostAsync("/api/queue/retry")).GetProperty("retried").GetInt32());

        await events.NextAsync("download_complete");
        using var cleared = await server.Http.DeleteAsync("/api/queue/completed");
        Assert.Equal(1, (await cleared.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("removed").GetInt32());
    }

    [Fact]
    public async Task One_episode_that_cannot_be_had_holds_no_other_back()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Key);
        server.Site.Faults.Add(new Fault(FaultKind.Status) { Path = $"/anime/stream/{Key}/staffel-1/episode-2", Status = 500 });
        using var events = await server.ListenAsync("downloads");

        await server.EnqueueAsync(Key, (1, 1), (1, 2), (1, 3), (1, 4));

        for (var i = 0; i < 3; i++)
        {
            await events.NextAsync("download_complete");
        }

        Assert.Equal(3, (await server.GetAsync($"/api/anime/{Key}")).GetProperty("downloaded_count").GetInt32());
    }

    [Fact]
    public async Task Pause_holds_the_bytes_and_resume_goes_on()
    {
        await using var server = await AniWorldServer.StartReadyAsync(
            new SampleSiteOptions { Throttle = 40_000 }, "--hosters.order.0", "Rangeo", "--downloads.connections", "1");
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads", "download_progress");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        while ((await events.NextAsync("download_progress")).GetProperty("percent").GetDouble() <= 0)
        {
        }

        var paused = await server.PostAsync("/api/queue/pause");
        Assert.True(paused.GetProperty("is_paused").GetBoolean());
        Assert.True((await server.PostAsync("/api/queue/pause")).GetProperty("is_paused").GetBoolean());
        await new JsonWait(server).UntilAsync(
            "/api/queue/status", s => s.GetProperty("active_downloads").EnumerateArray().All(i => i.GetProperty("status").GetString() == "paused"));

        await server.PostAsync("/api/queue/resume");
        await events.NextAsync("download_complete");
        Assert.Single(server.Site.Requests.All, r => r.Path.StartsWith("/hoster/rangeo/", StringComparison.Ordinal) && r.Range is not null);
    }

    /// <summary>A server with a series and a queue that takes nothing.</summary>
    private static async Task<AniWorldServer> StoppedAsync()
    {
        var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Key);
        await server.PostAsync("/api/queue/stop");
        return server;
    }

    private static async Task<string[]> AddAsync(AniWorldServer server, string priority, params int[] numbers)
    {
        var answer = await server.PostAsync(
            "/api/queue/add", new { serie_id = Key, episodes = numbers.Select(n => new { season = 1, episode = n }), priority });
        return [.. answer.GetProperty("added").EnumerateArray().Select(id => id.GetString()!)];
    }

    private static async Task<string> PendingAsync(AniWorldServer server)
    {
        var status = await server.GetAsync("/api/queue/status");
        return string.Join(' ', status.GetProperty("pending_queue").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
    }

    private static async Task<HttpStatusCode> PatchAsync(AniWorldServer server, string id, object change)
    {
        using var answer = await server.Http.PatchAsJsonAsync($"/api/queue/{id}", change);
        return answer.StatusCode;
    }
}

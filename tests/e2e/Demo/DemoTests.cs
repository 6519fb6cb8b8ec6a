using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AniWorld.SampleSite.Demo;

namespace AniWorld.E2E.Demo;

/// <summary>What <c>./run.sh demo</c> shows, and what the handbook's pictures are taken of.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_has_something_to_show_of_everything()
    {
        await using var demo = await RunningDemo.StartAsync(ServerProcess.Executable, ["--urls", "http://127.0.0.1:0"], TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = demo.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", demo.Token);

        var queue = (await GetAsync("/api/queue/status")).GetProperty("statistics");
        Assert.True(queue.GetProperty("completed_count").GetInt32() >= 9);
        Assert.Equal(1, queue.GetProperty("failed_count").GetInt32());
        Assert.True(queue.GetProperty("active_count").GetInt32() + queue.GetProperty("pending_count").GetInt32() > 5);
        var series = await GetAsync("/api/anime?all=true");
        Assert.Equal(8, series.GetArrayLength());
        Assert.All(series.EnumerateArray(), one => Assert.NotEqual(JsonValueKind.Null, one.GetProperty("cover").ValueKind));
        var decisions = (await GetAsync("/api/missing")).EnumerateArray().Select(one => one.GetProperty("decision").GetProperty("code").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "missing", "waiting", "queued" }, decisions);
        Assert.Equal(2, (await GetAsync("/api/missing?kind=upgradable")).GetArrayLength());

        Task<JsonElement> GetAsync(string path) => http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>A server as a process of its own, set up and logged in to, with a sample catalogue in this process.</summary>
internal sealed class ReadyServer : IAsyncDisposable
{
    public const string Password = "eine lange Losung";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly string[] FirstHoster = ["--hosters.order.0", "Rangeo"];

    private static readonly string[] Usual =
        ["--limits.bcrypt_cost", "4", "--downloads.backoff_seconds", "0.05", "--tools.ffmpeg", "/nonexistent", "--tools.ffprobe", "/nonexistent"];

    private ReadyServer(ServerProcess process, RunningSampleSite site)
    {
        Process = process;
        Site = site;
    }

    /// <summary>How it is started: for a server beside it, which then fetches as it does.</summary>
    public static IReadOnlyList<string> Arguments { get; } = [.. Usual, .. FirstHoster];

    public ServerProcess Process { get; }

    public RunningSampleSite Site { get; }

    public HttpClient Http => Process.Http;

    /// <summary>Starts one that takes direct files (hoster Rangeo) first and joins nothing, so that what it stores equals its source.</summary>
    /// <param name="arguments">Further ones, such as <c>--downloads.parallel 1</c>.</param>
    public static Task<ReadyServer> StartAsync(SampleSiteOptions? site = null, params string[] arguments) =>
        StartAsync(site, new ServerStart { Arguments = arguments });

    public static async Task<ReadyServer> StartAsync(SampleSiteOptions? site, ServerStart start)
    {
        string[] arguments = [.. Usual, .. start.Arguments.Contains(FirstHoster[0]) ? [] : FirstHoster];
        var running = await RunningSampleSite.StartAsync(site);
        var environment = start.Environment.ToDictionary();
        if (start.Unprivileged)
        {
            // The pages' assets lie in the builder's package folder, which nobody else may read.
            environment["ASPNETCORE_STATICWEBASSETS"] = "none";
        }

        var process = await ServerProcess.StartAsync(
            start with { Arguments = [.. arguments, .. start.Arguments], Environment = environment });
        var server = new ReadyServer(process, running);
        await server.SetUpAsync();
        return server;
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> PostAsync(string path, object? body = null)
    {
        using var answer = await Http.PostAsJsonAsync(path, body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async Task PutConfigAsync(object patch)
    {
        using var answer = await Http.PutAsJsonAsync("/api/config", patch);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task AddAsync(string key) => PostAsync("/api/anime/add", new { link = new Uri(Site.BaseAddress, $"/anime/stream/{key}") });

    /// <returns>The items' ids, in the order of the episodes.</returns>
    public async Task<IReadOnlyList<string>> EnqueueAsync(string key, string priority, int season, params IEnumerable<int> episodes)
    {
        var request = new { serie_id = key, priority, episodes = episodes.Select(episode => new { season, episode }) };
        var added = (await PostAsync("/api/queue/add", request)).GetProperty("added");
        return [.. added.EnumerateArray().Select(id => id.GetString()!)];
    }

    public async Task<JsonElement> ItemAsync(string id) =>
        (await ItemsAsync()).Single(item => item.GetProperty("id").GetString() == id);

    /// <summary>All items in the queue's order.</summary>
    public async Task<IReadOnlyList<JsonElement>> ItemsAsync() =>
        [.. (await GetAsync("/api/queue/items?per_page=1000")).EnumerateArray()];

    /// <summary>Looks again until an item is as wanted; gives up after a minute, and says how it was last.</summary>
    public async Task<JsonElement> WaitAsync(string id, Predicate<JsonElement> condition)
    {
        var item = default(JsonElement);
        await WaitAsync(async () => condition(item = await ItemAsync(id)), () => item.ToString());
        return item;
    }

    public Task<JsonElement> WaitForStatusAsync(string id, string status) =>
        WaitAsync(id, item => item.GetProperty("status").GetString() == status);

    /// <summary>Waits until so many bytes of the active downloads have come; what the hub knows is newer than an item's row.</summary>
    /// <param name="bytes">Of each of them.</param>
    public Task WaitForBytesAsync(long bytes, int downloads = 1)
    {
        var state = default(JsonElement);
        return WaitAsync(
            async () =>
            {
                state = await GetAsync("/api/queue/status");
                return state.GetProperty("active_downloads").EnumerateArray().Count(item => BytesOf(item) >= bytes) >= downloads;
            },
            () => state.ToString());
    }

    /// <param name="patience">How long it may take, when that is more than usual.</param>
    public static async Task WaitAsync(Func<Task<bool>> condition, Func<string> state, TimeSpan? patience = null)
    {
        using var timer = new PeriodicTimer(Pause);
        using var end = new CancellationTokenSource(patience ?? Patience);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It did not come to that within {(patience ?? Patience).TotalSeconds} s; last seen: {state()}");
            }
        }
    }

    /// <summary>The sample site's log of what was fetched of videos after the request <paramref name="after"/>.</summary>
    public IReadOnlyList<LoggedRequest> MediaRequests(int after = 0) =>
        [.. Site.Requests.All.Where(request => request.Number > after && request.Path.StartsWith("/hoster/", StringComparison.Ordinal))];

    /// <summary>Number of the newest request that the sample site has logged.</summary>
    public int LastRequest => Site.Requests.All is [.., var last] ? last.Number : 0;

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Site.DisposeAsync();
    }

    private static double BytesOf(JsonElement item) => item.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress
        ? progress.GetProperty("downloaded_mb").GetDouble() * (1 << 20)
        : -1;

    private async Task SetUpAsync()
    {
        await PostAsync("/api/auth/setup", new { master_password = Password, anime_directory = Process.Library });
        var login = await PostAsync("/api/auth/login", new { password = Password });
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.GetProperty("access_token").GetString());
        await PutConfigAsync(new
        {
            providers = new { aniworld = new { enabled = true, base_url = Site.BaseAddress.AbsoluteUri, requests_per_minute = 6_000 } },
            network = new { allow_private_hosts = new[] { Site.BaseAddress.Authority } },
            downloads = new { min_free_mb = 0 },
        });
    }
}

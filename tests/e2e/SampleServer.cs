using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AniWorld.SampleSite;

namespace AniWorld.E2E;

/// <summary>The server as a process, and beside it the sample catalogue that it may reach.</summary>
internal sealed class SampleServer : IAsyncDisposable
{
    public const string Password = "eine lange Losung";

    private SampleServer(RunningSampleSite site, ServerProcess server)
    {
        Site = site;
        Server = server;
    }

    public RunningSampleSite Site { get; }

    public ServerProcess Server { get; }

    public Uri Address => Server.Address;

    /// <summary>Of the session that <see cref="StartReadyAsync"/> opened.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Starts a server that nobody has set up yet; where the catalogue is it knows, but it is switched off.</summary>
    public static async Task<SampleServer> StartAsync(SampleSiteOptions? site = null, params string[] arguments)
    {
        var running = await RunningSampleSite.StartAsync(site);
        try
        {
            var start = new ServerStart
            {
                Arguments =
                [
                    "--providers.aniworld.base_url", running.BaseAddress.AbsoluteUri,
                    "--providers.aniworld.requests_per_minute", "6000",
                    "--network.allow_private_hosts.0", running.BaseAddress.Authority,
                    "--limits.bcrypt_cost", "4", "--downloads.backoff_seconds", "0.05", "--downloads.min_free_mb", "0",
                    .. arguments,
                ],
            };
            return new SampleServer(running, await ServerProcess.StartAsync(start));
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server that is set up, uses the sample catalogue, and is logged in to.</summary>
    public static async Task<SampleServer> StartReadyAsync(SampleSiteOptions? site = null, params string[] arguments)
    {
        var server = await StartAsync(site, arguments);
        await server.PostAsync("/api/auth/setup", new { master_password = Password, anime_directory = server.Server.Library });
        await server.LogInAsync();
        await server.SendAsync(HttpMethod.Put, "/api/config", new { providers = new { aniworld = new { enabled = true } } });
        return server;
    }

    public async Task LogInAsync()
    {
        Token = (await PostAsync("/api/auth/login", new { password = Password })).GetProperty("access_token").GetString()!;
        Server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public Task<JsonElement> AddAsync(string key) => PostAsync("/api/anime/add", new { link = new Uri(Site.BaseAddress, $"/anime/stream/{key}") });

    public Task<JsonElement> EnqueueAsync(string key, params (int Season, int Episode)[] episodes) => PostAsync("/api/queue/add", new
    {
        serie_id = key,
        episodes = episodes.Select(e => new { season = e.Season, episode = e.Episode }),
    });

    /// <summary>Everything the queue has, whatever became of it, as <c>S1E2</c>.</summary>
    public async Task<IReadOnlyList<string>> QueuedAsync()
    {
        var queue = await GetAsync("/api/queue/status");
        string[] lists = ["active_downloads", "pending_queue", "completed_downloads", "failed_downloads"];
        return
        [
            .. lists.SelectMany(list => queue.GetProperty(list).EnumerateArray())
                .Select(item => item.GetProperty("episode"))
                .Select(episode => $"S{episode.GetProperty("season")}E{episode.GetProperty("episode")}")
                .Order(),
        ];
    }

    public Task<JsonElement> GetAsync(string path) => Server.Http.GetFromJsonAsync<JsonElement>(path);

    public Task<JsonElement> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body ?? new { });

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await Server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Site.DisposeAsync();
    }
}

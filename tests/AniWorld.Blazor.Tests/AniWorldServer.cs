using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using AniWorld.SampleSite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace AniWorld.Blazor.Tests;

/// <summary>The whole server in this process on a free port of 127.0.0.1, with a folder of its own and a sample catalogue.</summary>
internal sealed class AniWorldServer : IAsyncDisposable
{
    public const string Password = "eine lange Losung";

    private readonly WebApplication _app;

    private AniWorldServer(WebApplication app, RunningSampleSite site, string folder)
    {
        _app = app;
        Site = site;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public RunningSampleSite Site { get; }

    /// <summary>Holds <c>data</c>, <c>logs</c> and <c>library</c>.</summary>
    public string Folder { get; }

    public string Library => Path.Join(Folder, "library");

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server that nobody has set up yet.</summary>
    /// <param name="arguments">Further ones, such as <c>--downloads.parallel 1</c>.</param>
    public static async Task<AniWorldServer> StartAsync(SampleSiteOptions? site = null, params string[] arguments)
    {
        var running = await RunningSampleSite.StartAsync(site);
        var folder = Directory.CreateTempSubdirectory("aniworld-test-").FullName;
        var app = Program.Build(
        [
            "--data", Path.Join(folder, "data"), "--logs", Path.Join(folder, "logs"), "--urls", "http://127.0.0.1:0",
            "--limits.bcrypt_cost", "4", "--downloads.backoff_seconds", "0.05", .. QuietUnlessToldOtherwise(arguments), .. arguments,
        ]);
        await app.StartAsync();
        return new AniWorldServer(app, running, folder);
    }

    /// <summary>What the command line sets cannot be changed later, so a test of the log gets no level there.</summary>
    private static string[] QuietUnlessToldOtherwise(string[] arguments) =>
        Array.Exists(arguments, argument => argument.StartsWith("--Serilog:", StringComparison.Ordinal)) ? [] : ["--logging.level", "warning"];

    /// <summary>Starts a server that is set up, knows the sample catalogue, and is logged in to.</summary>
    public static async Task<AniWorldServer> StartReadyAsync(SampleSiteOptions? site = null, params string[] arguments)
    {
        var server = await StartAsync(site, arguments);
        await server.SetUpAsync();
        await server.LogInAsync();
        await server.UseSampleSiteAsync();
        return server;
    }

    public async Task SetUpAsync()
    {
        using var answer = await Http.PostAsJsonAsync("/api/auth/setup", new { master_password = Password, anime_directory = Library });
        answer.EnsureSuccessStatusCode();
    }

    /// <returns>The token.</returns>
    public async Task<string> LogInAsync()
    {
        var login = await PostAsync("/api/auth/login", new { password = Password });
        var token = login.GetProperty("access_token").GetString()!;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    public Task UseSampleSiteAsync() => PutConfigAsync(new
    {
        providers = new { aniworld = new { enabled = true, base_url = Site.BaseAddress.AbsoluteUri, requests_per_minute = 6_000 } },
        network = new { allow_private_hosts = new[] { Site.BaseAddress.Authority } },
        downloads = new { min_free_mb = 0 },
    });

    public async Task PutConfigAsync(object patch)
    {
        using var answer = await Http.PutAsJsonAsync("/api/config", patch);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> PostAsync(string path, object? body = null)
    {
        using var answer = await Http.PostAsJsonAsync(path, body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public Task<JsonElement> AddAsync(string key) => PostAsync("/api/anime/add", new { link = new Uri(Site.BaseAddress, $"/anime/stream/{key}") });

    public Task<JsonElement> EnqueueAsync(string key, params (int Season, int Episode)[] episodes) => PostAsync("/api/queue/add", new
    {
        serie_id = key,
        serie_folder = "",
        serie_name = "",
        episodes = episodes.Select(e => new { season = e.Season, episode = e.Episode }),
    });

    /// <summary>Opens the WebSocket with a ticket and joins rooms.</summary>
    public async Task<EventStream> ListenAsync(params string[] rooms)
    {
        var ticket = (await PostAsync("/api/auth/ws-ticket")).GetProperty("ticket").GetString();
        var socket = new ClientWebSocket();
        var address = new UriBuilder(Http.BaseAddress!) { Scheme = "ws", Path = "/ws/connect", Query = $"ticket={ticket}" }.Uri;
        await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        var events = new EventStream(socket);
        await events.NextAsync("connected");
        foreach (var room in rooms)
        {
            await events.JoinAsync(room);
        }

        return events;
    }

    /// <summary>What is in the log files so far.</summary>
    public IReadOnlyList<string> LogLines() =>
    [
        .. Directory.EnumerateFiles(Path.Join(Folder, "logs")).SelectMany(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n');
        }),
    ];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Site.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}

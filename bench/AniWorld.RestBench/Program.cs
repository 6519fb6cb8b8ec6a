using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.RestBench;
using Microsoft.EntityFrameworkCore;

// How long lists of a large library take, each in turn with a bare endpoint that sends the same bytes. BENCH_RUNS (40) requests of each.
const string Password = "eine lange Losung";
var runs = int.TryParse(Environment.GetEnvironmentVariable("BENCH_RUNS"), CultureInfo.InvariantCulture, out var given) ? given : 40;
var folder = Directory.CreateTempSubdirectory("aniworld-bench-").FullName;
var met = true;
string[] arguments =
[
    "--data", Path.Join(folder, "data"), "--logs", Path.Join(folder, "logs"), "--urls", "http://127.0.0.1:0",
    "--logging.level", "warning", "--scheduler.enabled", "false",
];
await using (var app = AniWorld.Blazor.Program.Build(arguments))
{
    await app.StartAsync();
    await using var bare = await BareServer.StartAsync();
    using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    await PostAsync(http, "/api/auth/setup", new { master_password = Password, anime_directory = Path.Join(folder, "library") });
    var login = await PostAsync(http, "/api/auth/login", new { password = Password });
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.GetProperty("access_token").GetString());
    await PostAsync(http, "/api/queue/stop", new { });
    var databases = app.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>();
    await LargeLibrary.FillAsync(databases);

    Console.WriteLine("| request | median ms | bare ms | ratio | aim ms |\n| --- | ---: | ---: | ---: | ---: |");
    met &= await CompareAsync($"GET /api/anime?all=true, {LargeLibrary.Series:N0} series and {LargeLibrary.Series * 24:N0} episodes", "/api/anime?all=true", 60);
    met &= await CompareNotModifiedAsync("the same, 304", "/api/anime?all=true", 5);
    met &= await CompareAsync($"GET /api/queue/status, {LargeLibrary.Waiting:N0} waiting", "/api/queue/status", 15);
    await CompareAsync("GET /api/anime?all=true after a write", "/api/anime?all=true", null, WriteAsync);
    await CompareAsync("GET /api/anime?all=true, 304 after a write that changed nothing in it", "/api/anime?all=true", null, WriteAsync, notModified: true);
    await CompareAsync("GET /api/queue/status after a write", "/api/queue/status", null, WriteAsync);
    await CompareAsync("GET /api/missing?per_page=100 after a write", "/api/missing?per_page=100", null, WriteAsync);
    Console.WriteLine($"| database, MiB | {new DirectoryInfo(Path.Join(folder, "data")).EnumerateFiles("aniworld.db*").Sum(file => file.Length) >> 20} | | | |");
    met &= await RushAsync();

    async Task<bool> CompareAsync(string name, string path, double? aim, Func<Task>? before = null, bool notModified = false)
    {
        var body = await http.GetByteArrayAsync(path);
        bare.Send(body);
        var tag = notModified ? await TagAsync(path) : null;
        List<double> own = [], others = [];
        for (var run = -5; run < (before is null ? runs : Math.Min(runs, 10)); run++)
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            var one = await TimeAsync(http, path, tag);
            var other = await TimeAsync(bare.Http, notModified ? "/not-modified" : "/bytes", null);
            if (run >= 0)
            {
                own.Add(one);
                others.Add(other);
            }
        }

        return Report($"{name} ({body.Length / 1024:N0} KiB)", own, others, aim);
    }

    Task<bool> CompareNotModifiedAsync(string name, string path, double aim) => CompareAsync(name, path, aim, notModified: true);

    async Task<EntityTagHeaderValue?> TagAsync(string path)
    {
        using var answer = await http.GetAsync(path);
        return answer.Headers.ETag;
    }

    // Of a table that no list is made of, as when a session is noted.
    async Task WriteAsync()
    {
        await using var database = await databases.CreateDbContextAsync();
        database.Add(HistoryEvent.Of("bench"));
        await database.SaveChangesAsync();
    }

    async Task<bool> RushAsync()
    {
        var rush = Enumerable.Range(0, 200).Select(_ => http.PostAsJsonAsync("/api/auth/login", new { password = "falsch" })).ToArray();
        List<double> health = [];
        while (!rush.All(login => login.IsCompleted) || health.Count < 100)
        {
            health.Add(await TimeAsync(http, "/health", null));
        }

        health.Sort();
        var p99 = health[(int)(health.Count * 0.99)];
        Console.WriteLine($"| GET /health, p99 of {health.Count} while 200 log-ins are tried | {p99:0.0} | | | 200 |");
        return p99 <= 200;
    }
}

Directory.Delete(folder, recursive: true);
return met ? 0 : 1;

static async Task<double> TimeAsync(HttpClient http, string path, EntityTagHeaderValue? tag)
{
    using var request = new HttpRequestMessage(HttpMethod.Get, path);
    if (tag is not null)
    {
        request.Headers.IfNoneMatch.Add(tag);
    }

    var watch = Stopwatch.GetTimestamp();
    using var answer = await http.SendAsync(request);
    await answer.Content.ReadAsByteArrayAsync();
    var time = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotModified
        ? time
        : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
}

static bool Report(string name, List<double> own, List<double> others, double? aim)
{
    own.Sort();
    others.Sort();
    var (median, bare) = (own[own.Count / 2], others[others.Count / 2]);
    Console.WriteLine($"| {name} | {median:0.0} | {bare:0.0} | {median / bare:0.0} | {aim} |");
    return aim is null || median <= aim;
}

static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
{
    using var answer = await http.PostAsJsonAsync(path, body);
    answer.EnsureSuccessStatusCode();
    return await answer.Content.ReadFromJsonAsync<JsonElement>();
}

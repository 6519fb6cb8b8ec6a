using System.Globalization;
using System.Text.Json;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.RestBench;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.PageBench;

/// <summary>AniWorld with 5,000 series, and 200 downloads that run on request.</summary>
internal static class OurServer
{
    private const int Active = 200;
    private const string Password = "eine lange Losung";

    public static async Task RunAsync(string folder)
    {
        string[] arguments =
        [
            "--data", Path.Join(folder, "data"), "--logs", Path.Join(folder, "logs"), "--urls", "http://127.0.0.1:0", "--logging.level", "warning", "--scheduler.enabled", "false",
        ];
        await using var app = AniWorld.Blazor.Program.Build(arguments);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await PostAsync(http, "/api/auth/setup", new { master_password = Password, anime_directory = Path.Join(folder, "library") });
        var login = await PostAsync(http, "/api/auth/login", new { password = Password });
        var token = login.GetProperty("access_token").GetString();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await PostAsync(http, "/api/queue/stop", new { });
        var databases = app.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>();
        await LargeLibrary.FillAsync(databases);
        await ForgetCoversAsync(databases);
        var running = await StartDownloadsAsync(databases);
        Console.WriteLine($"ready {app.Urls.First()} {token}");
        var hub = app.Services.GetRequiredService<ProgressService>();
        await Orders.FollowAsync(words => words is ["play", var seconds] ? PlayAsync(hub, running, int.Parse(seconds, CultureInfo.InvariantCulture)) : Task.FromResult("unknown"));
        await app.StopAsync();
    }

    /// <summary>Nothing is there that has them.</summary>
    private static async Task ForgetCoversAsync(IDbContextFactory<AniWorldDbContext> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        await database.Series.ExecuteUpdateAsync(set => set.SetProperty(series => series.CoverUrl, (string?)null));
    }

    /// <summary>As the worker leaves them while it transfers.</summary>
    private static async Task<List<DownloadQueueItem>> StartDownloadsAsync(IDbContextFactory<AniWorldDbContext> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        var items = await database.Downloads.OrderBy(item => item.Position).Take(Active).ToListAsync();
        foreach (var item in items)
        {
            item.Status = DownloadStatus.Downloading;
            item.StartedAt = DateTimeOffset.UtcNow;
            item.LeaseUntil = DateTimeOffset.UtcNow.AddHours(1);
        }

        await database.SaveChangesAsync();
        return items;
    }

    /// <summary>Each of them reports four times a second.</summary>
    private static async Task<string> PlayAsync(ProgressService hub, List<DownloadQueueItem> running, int seconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var step = 0; step < seconds * 4; step++)
        {
            await timer.WaitForNextTickAsync();
            foreach (var (place, item) in running.Index())
            {
                hub.Publish(new DownloadProgressed(
                    item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number, DownloadPhase.Downloading, (step + place) % 100, (step + place) << 20, 400L << 20, 3 << 20,
                    TimeSpan.FromSeconds(400 - step)));
            }
        }

        return "played";
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

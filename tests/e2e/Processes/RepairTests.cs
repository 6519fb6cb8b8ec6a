using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AniWorld.E2E.Processes;

/// <summary>A database that cannot be opened: a page in the server's place, no byte changed until a backup is chosen, and then back to work.</summary>
public sealed partial class RepairTests
{
    [Fact]
    public async Task A_backup_takes_the_place_of_a_damaged_database_when_the_owner_says_so()
    {
        await using var server = await ReadyServer.StartAsync();
        await server.AddAsync("kurz-und-knapp");
        var backup = (await server.PostAsync("/api/config/backups")).GetProperty("name").GetString()!;
        await server.Process.KillAsync();
        var damaged = await DamageAsync(server);

        await server.Process.StartAgainAsync();
        using var stranger = new HttpClient { BaseAddress = server.Process.Address };
        await AssertRepairModeAsync(stranger, backup);
        using (var guess = await SendAsync(stranger, backup, "AAAA-BBBB-CCCC"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, guess.StatusCode);
        }

        Assert.Equal(damaged, await File.ReadAllBytesAsync(DatabaseFile.PathIn(server.Process.Data), TestContext.Current.CancellationToken));
        using var restored = await SendAsync(stranger, backup, Code().Matches(server.Process.Output)[^1].Value);
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);

        await ReadyServer.WaitAsync(() => IsUpAsync(stranger), () => server.Process.Output);
        var login = await server.PostAsync("/api/auth/login", new { password = ReadyServer.Password });
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", login.GetProperty("access_token").GetString());
        Assert.Equal(3, (await server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("episode_count").GetInt32());
        var kept = Assert.Single(Directory.GetFiles(server.Process.Data, "aniworld.db.damaged-*"), file => !file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken));
        Assert.Equal(0, await server.Process.TerminateAsync());
    }

    [Fact]
    public async Task Without_a_backup_the_page_says_what_to_do_and_the_file_stays()
    {
        var folder = Directory.CreateTempSubdirectory("aniworld-e2e-").FullName;
        try
        {
            var data = Directory.CreateDirectory(Path.Join(folder, "data")).FullName;
            await File.WriteAllTextAsync(DatabaseFile.PathIn(data), new string('x', 50_000), TestContext.Current.CancellationToken);
            await using var server = await ServerProcess.StartAsync(new ServerStart { Folder = folder });

            using var page = await server.Http.GetAsync("/queue", TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Contains("There is no backup", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(0, await server.TerminateAsync());
            Assert.Equal(new string('x', 50_000), await File.ReadAllTextAsync(DatabaseFile.PathIn(data), TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AssertRepairModeAsync(HttpClient stranger, string backup)
    {
        using var rest = await stranger.GetAsync("/api/anime?all=true", TestContext.Current.CancellationToken);
        using var ready = await stranger.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var health = JsonSerializer.Deserialize<JsonElement>(await stranger.GetStringAsync("/health", TestContext.Current.CancellationToken));
        using var page = await stranger.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (rest.StatusCode, rest.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(rest.Headers.RetryAfter);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "repair"), (ready.StatusCode, health.GetProperty("status").GetString()));
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("The database is damaged", html, StringComparison.Ordinal);
        Assert.Contains(backup, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient stranger, string backup, string code) => stranger.PostAsync(
        "/", new FormUrlEncodedContent([new("backup", backup), new("setup_code", code)]), TestContext.Current.CancellationToken);

    private static async Task<bool> IsUpAsync(HttpClient stranger)
    {
        try
        {
            using var health = await stranger.GetAsync("/health", TestContext.Current.CancellationToken);
            return (await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("healthy", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<byte[]> DamageAsync(ReadyServer server)
    {
        var path = DatabaseFile.PathIn(server.Process.Data);
        DatabaseFile.Ask(server.Process.Data, "PRAGMA wal_checkpoint(TRUNCATE)");
        var content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        new Random(20261122).NextBytes(content.AsSpan(content.Length / 3, content.Length / 3));
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        return content;
    }

    [GeneratedRegex("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")]
    private static partial Regex Code();
}

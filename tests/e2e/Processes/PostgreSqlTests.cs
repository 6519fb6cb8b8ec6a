using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AniWorld.E2E.Processes;

/// <summary>The executable on a real PostgreSQL: from SQLite to there, a backup and back, and a server that goes away for a while.</summary>
public sealed class PostgreSqlTests : IDisposable
{
    private const string Key = "kurz-und-knapp";

    private readonly PostgreSqlServer _server;
    private readonly string _connection;

    public PostgreSqlTests()
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        _server = PostgreSqlServer.Launch();
        _connection = _server.CreateDatabase("aniworld");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyDictionary<string, string?> OnPostgreSql => new Dictionary<string, string?>
    {
        ["ANIWORLD__DATABASE__PROVIDER"] = "PostgreSQL",
        ["ANIWORLD__DATABASE__CONNECTION_STRING"] = _connection,
        ["ANIWORLD__TOOLS__PG_DUMP"] = PostgreSqlServer.PathOf("pg_dump"),
    };

    public void Dispose() => _server?.Dispose();

    [Fact]
    public async Task An_installation_is_moved_and_goes_on_there()
    {
        var folder = Directory.CreateTempSubdirectory("aniworld-e2e-").FullName;
        try
        {
            await using (var before = await ReadyServer.StartAsync(null, new ServerStart { Folder = folder }))
            {
                await before.AddAsync(Key);
                Assert.Contains("Stop it", (await MoveAsync(folder)).Errors, StringComparison.Ordinal);
                Assert.Equal(0, await before.Process.TerminateAsync());
            }

            var moved = await MoveAsync(folder, "--json");
            Assert.Equal((0, ""), (moved.ExitCode, moved.Errors));
            Assert.True(moved.Json.GetProperty("rows").GetInt64() > 5);
            Assert.Equal(0, (await MoveAsync(folder)).ExitCode);

            await using var after = await ServerProcess.StartAsync(new ServerStart { Folder = folder, Environment = OnPostgreSql });
            using var login = await after.Http.PostAsJsonAsync("/api/auth/login", new { password = ReadyServer.Password }, Token);
            Assert.Equal(HttpStatusCode.OK, login.StatusCode);
            var token = (await login.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("access_token").GetString();
            after.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            var series = await after.Http.GetFromJsonAsync<JsonElement>("/api/anime?all=true", Token);
            Assert.Equal(Key, series[0].GetProperty("key").GetString());
            Assert.Equal(0, await after.TerminateAsync());
            Assert.Contains("other data", (await MoveAsync(folder)).Errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_episode_is_downloaded_and_a_backup_brings_back_what_was()
    {
        await using var server = await ReadyServer.StartAsync(null, new ServerStart { Environment = OnPostgreSql });
        await server.AddAsync(Key);
        await server.EnqueueAsync(Key, "normal", 1, 1);
        await ReadyServer.WaitAsync(
            async () => (await server.GetAsync("/api/queue/status")).GetProperty("statistics").GetProperty("completed_count").GetInt32() == 1,
            () => server.Process.Output);
        var backup = (await server.PostAsync("/api/config/backups")).GetProperty("name").GetString()!;
        await server.AddAsync("windspiel");

        await server.PostAsync($"/api/config/backups/{backup}/restore", new { parts = new[] { "config", "database" } });

        var series = await server.GetAsync("/api/anime?all=true");
        Assert.Equal(Key, Assert.Single(series.EnumerateArray()).GetProperty("key").GetString());
        Assert.Equal(1, (await server.GetAsync($"/api/anime/{Key}")).GetProperty("downloaded_count").GetInt32());
        Assert.Equal(0, await server.Process.TerminateAsync());
    }

    [Fact]
    public async Task While_the_server_is_gone_it_says_503_and_nothing_that_was_acknowledged_is_lost()
    {
        await using var server = await ReadyServer.StartAsync(null, new ServerStart { Environment = OnPostgreSql });
        await server.AddAsync(Key);

        _server.Kill();
        using var refused = await server.Http.GetAsync("/api/queue/items", Token);
        using var ready = await server.Http.GetAsync("/health/ready", Token);
        using var alive = await server.Http.GetAsync("/health", Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, ready.StatusCode, alive.StatusCode));
        Assert.NotNull(refused.Headers.RetryAfter);
        _server.Restart();
        await ReadyServer.WaitAsync(
            async () =>
            {
                using var answer = await server.Http.GetAsync($"/api/anime/{Key}", Token);
                return answer.IsSuccessStatusCode;
            },
            () => server.Process.Output);
        await server.EnqueueAsync(Key, "normal", 1, 1);
        await ReadyServer.WaitAsync(
            async () => (await server.GetAsync("/api/queue/status")).GetProperty("statistics").GetProperty("completed_count").GetInt32() == 1,
            () => server.Process.Output);
        Assert.Equal(0, await server.Process.TerminateAsync());
    }

    private Task<CommandOutcome> MoveAsync(string folder, params string[] arguments) =>
        CommandProcess.RunAsync(folder, ["db", "move", "--to", _connection, .. arguments]);
}

using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace AniWorld.E2E.Processes;

/// <summary>Two executables, each with a data folder of its own, on one real PostgreSQL.</summary>
public sealed class TwoServersTests : IDisposable
{
    private readonly PostgreSqlServer _server;
    private readonly string _connection;

    public TwoServersTests()
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        _server = PostgreSqlServer.Launch();
        _connection = _server.CreateDatabase("aniworld");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServerStart OnPostgreSql => new()
    {
        Environment = new Dictionary<string, string?>
        {
            ["ANIWORLD__DATABASE__PROVIDER"] = "postgresql",
            ["ANIWORLD__DATABASE__CONNECTION_STRING"] = _connection,
            ["ANIWORLD__TOOLS__PG_DUMP"] = PostgreSqlServer.PathOf("pg_dump"),
        },
    };

    public void Dispose() => _server?.Dispose();

    [Fact]
    public async Task A_log_in_and_a_setting_of_one_count_on_the_other_and_no_key_is_a_file()
    {
        await using var one = await ReadyServer.StartAsync(null, OnPostgreSql);
        await using var other = await BesideAsync(one);

        await one.PutConfigAsync(new { downloads = new { parallel = 7 } });
        await UntilParallelIsAsync(7, other.Http, other);
        using var answer = await other.Http.PutAsJsonAsync("/api/config", new { downloads = new { parallel = 8 } }, Token);
        answer.EnsureSuccessStatusCode();
        await UntilParallelIsAsync(8, one.Http, one.Process);

        Assert.Equal(1, await CountAsync("SELECT count(*) FROM \"SharedKeys\""));
        Assert.NotEqual(0, await CountAsync("SELECT count(*) FROM \"DataProtectionKeys\""));
        foreach (var data in new[] { one.Process.Data, other.Data })
        {
            Assert.False(File.Exists(Path.Join(data, "config.json")));
            Assert.Equal(["cli.token"], Directory.GetFiles(Path.Join(data, "keys")).Select(Path.GetFileName));
        }

        Assert.Equal((0, 0), (await one.Process.TerminateAsync(), await other.TerminateAsync()));
    }

    [Fact]
    public async Task A_job_that_is_due_runs_on_one_node_and_goes_on_when_a_node_is_killed()
    {
        await using var one = await ReadyServer.StartAsync(null, OnPostgreSql);
        await using var other = await BesideAsync(one);

        await one.PutConfigAsync(new { scheduler = new { jobs = new Dictionary<string, object> { ["clean-up"] = new { cron = "0/2 * * * * ?" } } } });
        await UntilRunsAsync(4, one.Process);
        await one.Process.KillAsync();
        var atKill = await RunsAsync();
        await UntilRunsAsync(atKill + 3, other);

        Assert.Equal(0, await other.TerminateAsync());
    }

    /// <summary>Knows the session of the first one, and nothing else of it.</summary>
    private async Task<ServerProcess> BesideAsync(ReadyServer first)
    {
        var beside = await ServerProcess.StartAsync(OnPostgreSql);
        beside.Http.DefaultRequestHeaders.Authorization = first.Http.DefaultRequestHeaders.Authorization;
        return beside;
    }

    private static Task UntilParallelIsAsync(int parallel, HttpClient http, ServerProcess server) => ReadyServer.WaitAsync(
        async () => (await http.GetFromJsonAsync<JsonElement>("/api/config", Token)).GetProperty("downloads").GetProperty("parallel").GetInt32() == parallel,
        () => server.Output);

    private Task UntilRunsAsync(long count, ServerProcess server) => ReadyServer.WaitAsync(async () => await RunsAsync() >= count, () => server.Output);

    private Task<long> RunsAsync() => CountAsync("SELECT count(*) FROM \"JobRuns\" WHERE \"Job\" = 'clean-up' AND \"Outcome\" = 'done'");

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}

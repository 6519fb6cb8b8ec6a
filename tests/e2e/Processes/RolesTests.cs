using System.Net;
using System.Text.Json;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;
using Npgsql;

namespace AniWorld.E2E.Processes;

/// <summary>Nodes with a role of their own on one PostgreSQL: <c>--role web</c> and <c>--role worker</c>.</summary>
public sealed class RolesTests : IDisposable
{
    private const string Key = "kurz-und-knapp";

    private readonly PostgreSqlServer _server;
    private readonly string _connection;

    public RolesTests()
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        _server = PostgreSqlServer.Launch();
        _connection = _server.CreateDatabase("aniworld");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server?.Dispose();

    [Fact]
    public async Task A_web_node_downloads_nothing_and_what_a_worker_has_when_it_is_ended_the_next_one_goes_on_with()
    {
        await using var web = await ReadyServer.StartAsync(new SampleSiteOptions { PadTo = 16 << 20 }, Start("web"));
        var slow = web.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 20 });
        await web.PutConfigAsync(new { downloads = new { connections = 2 } });
        await web.AddAsync(Key);
        var ids = await web.EnqueueAsync(Key, "normal", 1, 1, 2, 3);
        Assert.Equal("warning", await WorkerStateAsync(web));

        await using (var first = await ServerProcess.StartAsync(Start("worker")))
        {
            await UntilBytesAsync(web, ids, 1 << 20);
            Assert.Equal("ok", await WorkerStateAsync(web));
            await AssertServesHealthAloneAsync(first, web);
            Assert.Equal(0, await first.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        var journals = LibraryFiles.Journals(web.Process.Library);
        Assert.Equal(3, journals.Count);
        Assert.All(await web.ItemsAsync(), item => Assert.Equal("pending", item.GetProperty("status").GetString()));
        web.Site.Faults.Remove(slow);
        var seen = web.LastRequest;
        await using var next = await ServerProcess.StartAsync(Start("worker"));
        foreach (var id in ids)
        {
            await web.WaitForStatusAsync(id, "completed");
        }

        Assert.Equal(3, LibraryFiles.Videos(web.Process.Library).Count);
        for (var episode = 1; episode <= 3; episode++)
        {
            var file = LibraryFiles.Videos(web.Process.Library).Single(path => path.Contains($"S01E0{episode}", StringComparison.Ordinal));
            Assert.Equal(web.Site.ClipOf(Key, 1, episode, "Rangeo").Sha256, await LibraryFiles.Sha256Async(file));
            var entry = web.Site.EntryOf(Key, 1, episode, "Rangeo").AbsolutePath;
            Resumption.AssertGoesOn(
                LibraryFiles.Done(journals[Path.GetFileNameWithoutExtension(file)]), [.. web.MediaRequests(seen).Where(request => request.Path == entry)]);
        }
    }

    [Fact]
    public async Task What_is_due_a_web_node_leaves_to_the_workers()
    {
        await using var web = await ReadyServer.StartAsync(null, Start("web"));
        await web.PutConfigAsync(new { scheduler = new { jobs = new Dictionary<string, object> { ["clean-up"] = new { cron = "0/2 * * * * ?" } } } });
        await ReadyServer.WaitAsync(
            async () => await CountAsync(
                $"SELECT count(*) FROM qrtz_triggers WHERE trigger_name = 'clean-up' AND next_fire_time < {DateTimeOffset.UtcNow.AddSeconds(-4).UtcTicks}") == 1,
            () => web.Process.Output);
        Assert.Equal(0, await RunsAsync());

        await using var worker = await ServerProcess.StartAsync(Start("worker"));

        await ReadyServer.WaitAsync(async () => await RunsAsync() > 0, () => worker.Output);
    }

    [Theory]
    [InlineData("web", "PostgreSQL")]
    [InlineData("cook", "no role 'cook'")]
    public async Task A_role_that_cannot_be_had_is_refused(string role, string sentence)
    {
        var start = role == "cook" ? Start(role) : new ServerStart { Arguments = ["--role", role] };

        var (exitCode, output) = await ServerProcess.RunToEndAsync(start);

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    private ServerStart Start(string role) => NodeStart.Of(role, _connection);

    private static async Task<string?> WorkerStateAsync(ReadyServer web)
    {
        using var answer = await web.Http.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var checks = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Token)).GetProperty("checks");
        return checks.GetProperty("worker").GetProperty("state").GetString();
    }

    private static async Task AssertServesHealthAloneAsync(ServerProcess worker, ReadyServer web)
    {
        worker.Http.DefaultRequestHeaders.Authorization = web.Http.DefaultRequestHeaders.Authorization;
        foreach (var (path, status) in new[]
        {
            ("/health", HttpStatusCode.OK), ("/health/ready", HttpStatusCode.OK), ("/metrics", HttpStatusCode.OK),
            ("/api/queue/status", HttpStatusCode.NotFound), ("/", HttpStatusCode.NotFound), ("/login", HttpStatusCode.NotFound),
        })
        {
            using var answer = await worker.Http.GetAsync(path, Token);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    /// <summary>What the database says, which is a little behind.</summary>
    private static Task UntilBytesAsync(ReadyServer web, IReadOnlyList<string> ids, long bytes) => ReadyServer.WaitAsync(
        async () => (await web.ItemsAsync()).Count(item => ids.Contains(item.GetProperty("id").GetString())
            && item.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress
            && progress.GetProperty("downloaded_mb").GetDouble() * (1 << 20) >= bytes) == ids.Count,
        () => web.Process.Output);

    private Task<long> RunsAsync() => CountAsync("SELECT count(*) FROM \"JobRuns\" WHERE \"Job\" = 'clean-up'");

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}

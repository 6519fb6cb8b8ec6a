using System.Net.WebSockets;
using System.Text.Json;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>A web node and a worker on one PostgreSQL, and a Redis by which one hears of the other, until it does not.</summary>
public sealed class RedisTests : IDisposable
{
    private const string Key = "kurz-und-knapp";

    private readonly PostgreSqlServer _server;
    private readonly RedisServer _redis;
    private readonly string _connection;

    public RedisTests()
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.NotInstalled);
        _server = PostgreSqlServer.Launch();
        _redis = RedisServer.Launch();
        _connection = _server.CreateDatabase("aniworld");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _redis?.Dispose();
        _server?.Dispose();
    }

    [Fact]
    public async Task Clients_of_a_web_node_see_what_a_worker_does_and_each_end_once_though_Redis_is_killed_and_comes_back_empty()
    {
        await using var web = await ReadyServer.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 }, Start("web"));
        await using var worker = await ServerProcess.StartAsync(Start("worker"));
        var slow = web.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 256 << 10 });
        await web.AddAsync(Key);
        await UntilRedisIsAsync("ok", web, worker);
        using var events = await ListenAsync(web, "downloads", "download_progress");

        var first = await EnqueueAsync(web, 1);
        while ((await events.NextAsync("download_progress")).GetProperty("percent").GetDouble() is <= 0 or >= 100)
        {
        }

        _redis.Kill();
        await UntilRedisIsAsync("warning", web, worker);
        web.Site.Faults.Remove(slow);
        Assert.Equal(first, IdOf(await events.NextAsync("download_complete")));

        _redis.Restart();
        await UntilRedisIsAsync("ok", web, worker);
        foreach (var episode in (int[])[2, 3])
        {
            Assert.Equal(await EnqueueAsync(web, episode), IdOf(await events.NextAsync("download_complete")));
        }

        Assert.Equal(3, events.Received.Count(message => message.GetProperty("type").GetString() == "download_complete"));
        Assert.Contains("Redis answers", worker.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (await worker.TerminateAsync(), await web.Process.TerminateAsync()));
    }

    [Fact]
    public async Task On_SQLite_there_is_nothing_for_Redis_to_do_and_the_start_says_so_without_its_password()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(new ServerStart
        {
            Environment = new Dictionary<string, string?> { ["ANIWORLD__REDIS__CONNECTION_STRING"] = $"{_redis.ConnectionString},password=streng-geheim" },
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("redis.connection_string", output, StringComparison.Ordinal);
        Assert.DoesNotContain("streng-geheim", output, StringComparison.Ordinal);
    }

    private static string? IdOf(JsonElement data) => data.GetProperty("download_id").GetString();

    private static async Task<string> EnqueueAsync(ReadyServer web, int episode) => (await web.EnqueueAsync(Key, "normal", 1, episode)).Single();

    private static async Task<EventStream> ListenAsync(ReadyServer web, params string[] rooms)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"{web.Http.DefaultRequestHeaders.Authorization}");
        await socket.ConnectAsync(new UriBuilder(web.Process.Address) { Scheme = "ws", Path = "/ws/connect" }.Uri, Token);
        var events = new EventStream(socket);
        foreach (var room in rooms)
        {
            await events.JoinAsync(room);
        }

        return events;
    }

    private static async Task UntilRedisIsAsync(string state, ReadyServer web, ServerProcess worker)
    {
        foreach (var node in new[] { web.Process, worker })
        {
            await ReadyServer.WaitAsync(
                async () =>
                {
                    var ready = JsonSerializer.Deserialize<JsonElement>(await node.Http.GetStringAsync("/health/ready", Token));
                    return ready.GetProperty("checks").GetProperty("redis").GetProperty("state").GetString() == state;
                },
                () => node.Output);
        }
    }

    private ServerStart Start(string role) => NodeStart.Of(role, _connection, _redis);
}

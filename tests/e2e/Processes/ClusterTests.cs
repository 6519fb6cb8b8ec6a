using AniWorld.SampleSite;
using Npgsql;

namespace AniWorld.E2E.Processes;

/// <summary>Two web nodes and three workers on one PostgreSQL and one Redis, none of which is left in peace.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const string Key = "chronik-der-tausend-boten";
    private const int Episodes = 500;
    private const int Stop = 19;
    private const int Continue = 18;

    private const string Completed = """SELECT "Id"::text FROM "Downloads" WHERE "Status" = 'Completed'""";
    private const string Active = """SELECT "Id"::text FROM "Downloads" WHERE "LeaseOwner" IS NOT NULL""";

    /// <summary>Of two cores on which all nodes and servers of the test run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly List<ServerProcess> _workers = [];
    private PostgreSqlServer _database = null!;
    private RedisServer _redis = null!;
    private string _connection = null!;
    private ReadyServer _one = null!;
    private ServerProcess _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.NotInstalled);
        _database = PostgreSqlServer.Launch();
        _redis = RedisServer.Launch();
        _connection = _database.CreateDatabase("aniworld");
        _one = await ReadyServer.StartAsync(new SampleSiteOptions { PadTo = 256 << 10, Throttle = 256 << 10 }, Node("web"));
        _other = await ServerProcess.StartAsync(Node("web"));
        for (var worker = 0; worker < 3; worker++)
        {
            _workers.Add(await ServerProcess.StartAsync(Node("worker")));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await (_other?.DisposeAsync() ?? default);
        await (_one?.DisposeAsync() ?? default);
        _redis?.Dispose();
        _database?.Dispose();
    }

    [Fact]
    public async Task Every_episode_comes_once_whatever_falls_over_and_clients_hear_of_each()
    {
        await _one.AddAsync(Key);
        await using var atOne = await ListenAsync(_one.Process);
        await using var atOther = await ListenAsync(_other);
        var ids = await _one.EnqueueAsync(Key, "normal", 1, Enumerable.Range(1, Episodes));
        Assert.Equal(Episodes, ids.Count);

        await UntilDoneAsync(30);
        await KillAndStartAsync(_workers[0]);
        await UntilDoneAsync(60);
        var frozen = _workers[1].Process.Id;
        Assert.Equal(0, SystemCalls.Kill(frozen, Stop));
        var active = await IdsAsync(Active);
        await UntilDoneAsync(90);
        _redis.Kill();
        await UntilDoneAsync(120);
        _redis.Restart();
        await KillAndStartAsync(_workers[0]);
        // What it had is another node's by now; awake again, it must not know better.
        await UntilAsync(async () => active.IsSubsetOf(await IdsAsync(Completed)));
        Assert.Equal(0, SystemCalls.Kill(frozen, Continue));
        await UntilDoneAsync(180);
        _database.Kill();
        _database.Restart();
        await UntilDoneAsync(220);
        await KillAndStartAsync(_workers[2]);
        await UntilDoneAsync(260);
        await RollAsync(_one.Process);
        await KillAndStartAsync(_workers[0]);
        await UntilDoneAsync(300);
        await RollAsync(_other);
        await UntilDoneAsync(Episodes);

        await UntilHeardAsync(atOne, ids);
        await UntilHeardAsync(atOther, ids);
        await AssertLibraryAsync();
        foreach (var node in (ServerProcess[])[.. _workers, _one.Process, _other])
        {
            Assert.Equal(0, await node.TerminateAsync());
        }
    }

    private ServerStart Node(string role) => NodeStart.Of(role, _connection, _redis, "--downloads.lease_seconds", "5");

    private async Task<CompletionListener> ListenAsync(ServerProcess node)
    {
        var listener = new CompletionListener(node.Address, _one.Http.DefaultRequestHeaders.Authorization!);
        await listener.JoinedAsync();
        return listener;
    }

    private static async Task KillAndStartAsync(ServerProcess node)
    {
        await node.KillAsync();
        await node.StartAgainAsync();
    }

    /// <summary>Restarts a web node as an update does.</summary>
    private static async Task RollAsync(ServerProcess node)
    {
        Assert.Equal(0, await node.TerminateAsync());
        await node.StartAgainAsync();
    }

    /// <summary>What is told by a look at the database comes a moment after it is there.</summary>
    private static Task UntilHeardAsync(CompletionListener client, IReadOnlyList<string> ids) => ReadyServer.WaitAsync(
        () => Task.FromResult(!ids.Except(client.Heard).Any()), () => "not heard of: " + string.Join(' ', ids.Except(client.Heard)));

    private async Task AssertLibraryAsync()
    {
        Assert.Empty(LibraryFiles.Partials(_one.Process.Library));
        var files = LibraryFiles.Videos(_one.Process.Library);
        Assert.Equal(Episodes, files.Count);
        for (var episode = 1; episode <= Episodes; episode++)
        {
            var file = Assert.Single(files, path => path.Contains($"S01E{episode:00} ", StringComparison.Ordinal));
            Assert.Equal(_one.Site.ClipOf(Key, 1, episode, "Rangeo").Sha256, await LibraryFiles.Sha256Async(file));
        }

        Assert.Equal(Episodes, (await IdsAsync("""SELECT DISTINCT "EpisodeId"::text FROM "EpisodeFiles" """)).Count);
        Assert.Equal(Episodes, (await IdsAsync("""SELECT "Id"::text FROM "EpisodeFiles" """)).Count);
    }

    private Task UntilDoneAsync(int count) => UntilAsync(async () => (await IdsAsync(Completed)).Count >= count);

    private Task UntilAsync(Func<Task<bool>> condition) => ReadyServer.WaitAsync(
        condition, () => string.Join("\n\n", _workers.Select(worker => worker.Output[^Math.Min(2_000, worker.Output.Length)..])), Patience);

    private async Task<HashSet<string>> IdsAsync(string sql)
    {
        // Not from a pool: the server is killed in between.
        await using var connection = new NpgsqlConnection($"{_connection};Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(Token);
        var ids = new HashSet<string>();
        while (await rows.ReadAsync(Token))
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }
}

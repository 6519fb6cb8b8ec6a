using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using AniWorld.Services.Nodes;
using AniWorld.Services.Nodes.Backplane;
using AniWorld.Services.Progress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Nodes.Backplane;

/// <summary>A node as others see it: its hub, and what tells and hears. Notes all that its hub tells, but for mere progress.</summary>
internal sealed class ToldNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time;
    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<IHostedService> _running;
    private readonly List<SequencedEvent> _heard = [];
    private readonly List<string> _ended = [];
    private Task _listening = Task.CompletedTask;

    private ToldNode(TestDatabase database, FakeTimeProvider time, string? redis)
    {
        _time = time;
        var own = Path.Join(database.Folder, Guid.NewGuid().ToString("N"));
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(new FixedOptions(new AniWorldOptions { Redis = new RedisOptions { ConnectionString = redis } }))
            .AddSingleton(new DataFolder(own, own))
            .AddTestDatabase(database)
            .AddProgress()
            .AddNode()
            .BuildServiceProvider();
        _running = [.. _services.GetServices<IHostedService>()];
    }

    public ProgressService Hub => Get<ProgressService>();

    public IReadOnlyList<SequencedEvent> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    public IReadOnlyList<string> EndedSessions
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    public static async Task<ToldNode> StartAsync(TestDatabase database, FakeTimeProvider time, RedisServer? redis = null)
    {
        var node = new ToldNode(database, time, redis?.ConnectionString);
        node._listening = node.ListenAsync(node.Hub.Subscribe());
        node.Get<Revocations>().SessionRevoked += session =>
        {
            lock (node._ended)
            {
                node._ended.Add(session);
            }
        };
        foreach (var service in node._running)
        {
            await service.StartAsync(CancellationToken.None);
        }

        if (redis is not null)
        {
            await node.UntilRedisAsync(answers: true);
        }

        return node;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Time passes until it has heard of something so often.</summary>
    public Task UntilHeardAsync<T>(int count = 1)
        where T : ProgressEvent => UntilAsync(() => Heard.Count(one => one.Event is T) >= count);

    public Task UntilRedisAsync(bool answers) => UntilAsync(() => Get<RedisLink>().IsWell == answers);

    /// <summary>Time passes, for all nodes of the test, until it has come to that.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not come to that; heard: {string.Join(' ', Heard.Select(one => one.Event))}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
            _time.Advance(Step);
        }
    }

    /// <summary>Until something that was told last has come; what was told twice has come twice by then.</summary>
    public async Task SettleAsync(ToldNode teller)
    {
        for (var round = 0; round < 2; round++)
        {
            var mark = $"settled {Guid.NewGuid():N}";
            teller.Hub.Publish(new SystemNotice("info", "test", mark));
            await UntilAsync(() => Heard.Any(one => one.Event is SystemNotice notice && notice.Message == mark));
            _time.Advance(TimeSpan.FromSeconds(10));
            await FollowAsync();
        }
    }

    /// <summary>A look into the database, besides those that it has with time.</summary>
    public Task FollowAsync() => _running.OfType<NodeFollower>().Single().FollowAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        await _listening;
    }

    private async Task ListenAsync(ProgressSubscription subscription)
    {
        await foreach (var batch in subscription.ReadBatchesAsync())
        {
            lock (_heard)
            {
                _heard.AddRange(batch.Where(one => one.Event is not (DownloadProgressed or ScanProgressed)));
            }
        }
    }
}

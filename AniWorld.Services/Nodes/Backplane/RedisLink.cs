using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>
/// This node's one connection to Redis, where that is set. Nobody depends on it: while it is away everything is answered by "not known",
/// at once.
/// </summary>
internal sealed class RedisLink(
    ThisNode node, SigningKey key, IOptionsMonitor<AniWorldOptions> options, TimeProvider time, ILogger<RedisLink> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string? _connectionString = node.IsShared && options.CurrentValue.Redis.NamesServer() ? options.CurrentValue.Redis.ConnectionString : null;
    private readonly Lazy<string> _prefix = new(() => PrefixOf(key), LazyThreadSafetyMode.PublicationOnly);
    private ConnectionMultiplexer? _redis;
    private Task _look = Task.CompletedTask;
    private bool _listens;
    private bool _hasMetUnknown;
    private bool _wasTold;
    private long _since;
    private volatile bool _isWell;

    /// <summary>What another node told comes here, in order, one after the other.</summary>
    public event Action<NodeMessage>? Heard;

    public bool IsConfigured => _connectionString is not null;

    /// <summary>It answered a moment ago.</summary>
    public bool IsWell => _isWell;

    /// <summary>It answers for so long that nothing can be under way any more which was told while it did not.</summary>
    public bool IsSettled => _isWell && time.GetElapsedTime(Volatile.Read(ref _since)) > TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsConfigured)
        {
            Look();
            // Almost always it is there by then, and nothing is looked up in the database that Redis tells.
            await Task.WhenAny(_look, Task.Delay(Patience, cancellationToken));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _look;

    /// <summary>Has a look, without waiting for it, whether it answers; whoever follows the others does that every second.</summary>
    public void Look()
    {
        if (IsConfigured && _look.IsCompleted)
        {
            _look = Task.Run(LookAsync);
        }
    }

    /// <summary>Tells all other nodes that hear it.</summary>
    public Task TellAsync(IEnumerable<NodeMessage> messages)
    {
        if (!_isWell || _redis is not { } redis)
        {
            return Task.CompletedTask;
        }

        var subscriber = redis.GetSubscriber();
        return TryAsync(() => Task.WhenAll(messages.Select(NodeMessageJson.Write).OfType<byte[]>().Select(json => subscriber.PublishAsync(Channel, json))));
    }

    /// <summary>Stores something for all nodes, unless one of that name is there.</summary>
    /// <returns>Whether it was not there; <see langword="null"/> when Redis does not answer.</returns>
    public Task<bool?> TryAddAsync(string name, string value, TimeSpan lifetime) => AskAsync<bool?>(
        async database => await database.StringSetAsync(Name(name), value, lifetime, When.NotExists));

    /// <summary>Takes out what is stored; only one gets it.</summary>
    /// <returns><see langword="null"/> when it is not there, or Redis does not answer.</returns>
    public Task<string?> TakeAsync(string name) => AskAsync<string?>(async database => await database.StringGetDeleteAsync(Name(name)));

    /// <returns>For how long it is still stored; <see langword="null"/> when it is not, or Redis does not answer.</returns>
    public Task<TimeSpan?> LifetimeAsync(string name) => AskAsync(database => database.KeyTimeToLiveAsync(Name(name)));

    public void Dispose() => _redis?.Dispose();

    private RedisChannel Channel => RedisChannel.Literal($"{_prefix.Value}events");

    private RedisKey Name(string name) => $"{_prefix.Value}{name}";

    private async Task<T?> AskAsync<T>(Func<IDatabase, Task<T?>> ask)
    {
        var answer = default(T);
        if (_isWell && _redis is { } redis)
        {
            await TryAsync(async () => answer = await ask(redis.GetDatabase()));
        }

        return answer;
    }

    private async Task LookAsync() => await TryAsync(async () =>
    {
        var redis = _redis ??= await ConnectionMultiplexer.ConnectAsync(Settings());
        await redis.GetDatabase().PingAsync();
        if (!_listens)
        {
            var queue = await redis.GetSubscriber().SubscribeAsync(Channel);
            queue.OnMessage(Hear);
            _listens = true;
        }

        if (!redis.GetSubscriber().IsConnected(Channel))
        {
            throw new RedisException("It answers, but what other nodes tell does not come yet.");
        }

        if (!_isWell)
        {
            Volatile.Write(ref _since, time.GetTimestamp());
            _isWell = true;
            _wasTold = false;
            logger.LogInformation("Redis answers; what happens on other nodes is known here at once");
        }
    });

    /// <summary>Whatever is wrong with Redis is no fault of what was to be done.</summary>
    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or SocketException or OperationCanceledException or DbException)
        {
            _isWell = false;
            if (!_wasTold)
            {
                _wasTold = true;
                logger.LogWarning("Redis does not answer; until it does, what happens on other nodes is looked up in the database: {Reason}", e.Message.Split(',')[0]);
            }
        }
    }

    private void Hear(ChannelMessage told)
    {
        if (NodeMessageJson.Read((byte[]?)told.Message) is { } message)
        {
            Heard?.Invoke(message);
        }
        else if (!_hasMetUnknown)
        {
            _hasMetUnknown = true;
            logger.LogWarning("Another node tells what this version cannot read; it is left out. Let all nodes have the same version");
        }
    }

    private ConfigurationOptions Settings()
    {
        var settings = ConfigurationOptions.Parse(_connectionString!);
        settings.ClientName ??= "aniworld";
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        settings.ConnectTimeout = settings.AsyncTimeout = settings.SyncTimeout = (int)Patience.TotalMilliseconds;
        return settings;
    }

    /// <summary>Several installations may have one Redis; nobody who has not the key of one knows what its names begin with.</summary>
    private static string PrefixOf(SigningKey key) =>
        $"aniworld:{Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, "redis"u8))[..16]}:";
}

using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Nodes;
using AniWorld.Services.Progress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.NodeBench;

/// <summary>One of the nodes that share a database: with a data folder and connections of its own, as a process of its own has.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-bench-").FullName;
    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<IHostedService> _running;

    private BenchNode(DatabasePlace place, string? redis)
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(new Unchanging(new AniWorldOptions
            {
                Downloads = new DownloadOptions { Parallel = 64 },
                Redis = new RedisOptions { ConnectionString = redis },
            }))
            .AddSingleton(new DataFolder(_folder, _folder))
            .AddDatabase(place)
            .AddProgress()
            .AddNode()
            .AddSingleton<DownloadClaims>()
            .BuildServiceProvider();
        _running = [.. _services.GetServices<IHostedService>()];
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<BenchNode> StartAsync(DatabasePlace place, string? redis = null)
    {
        var node = new BenchNode(place, redis);
        foreach (var service in node._running)
        {
            await service.StartAsync(CancellationToken.None);
        }

        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Unchanging(AniWorldOptions value) : IOptionsMonitor<AniWorldOptions>
    {
        public AniWorldOptions CurrentValue => value;

        public AniWorldOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<AniWorldOptions, string?> listener) => null;
    }
}

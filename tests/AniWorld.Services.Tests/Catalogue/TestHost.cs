using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Tests.Catalogue;

/// <summary>The catalogue and streaming features as the host registers them, with a data folder and a database of their own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database = new();

    /// <param name="allowed"><c>host:port</c> of the local sites that may be asked; the first one is the <c>aniworld</c> provider's site.</param>
    public TestHost(params string[] allowed)
        : this(TimeProvider.System, allowed)
    {
    }

    public TestHost(TimeProvider time, params string[] allowed)
    {
        Options = new FixedOptions(new AniWorldOptions
        {
            Downloads = new DownloadOptions { BackoffSeconds = 0.01 },
            Network = new NetworkOptions { AllowPrivateHosts = allowed },
            Providers = new Dictionary<string, ProviderOptions>
            {
                ["aniworld"] = new()
                {
                    Enabled = true,
                    BaseUrl = allowed.Length > 0 ? $"http://{allowed[0]}" : null,
                    RequestsPerMinute = 6_000,
                },
            },
        });
        Data = new DataFolder(_database.Folder, Path.Combine(_database.Folder, "logs"));
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time)
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(Options)
            .AddSingleton(Data)
            .AddTestDatabase(_database)
            .AddOutbound()
            .AddCatalogue()
            .AddStreaming()
            .BuildServiceProvider(validateScopes: true);
    }

    public FixedOptions Options { get; }

    public DataFolder Data { get; }

    public ISeriesProvider AniWorld => Get<ProviderRegistry>().All.Single(provider => provider.Name == "aniworld");

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AniWorldDbContext OpenDatabase() => _database.CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _database.Dispose();
    }
}

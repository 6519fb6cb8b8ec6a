using System.Security.Cryptography;
using AniWorld.Data.Library;
using AniWorld.SampleSite;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Tests;

/// <summary>The whole way over <see cref="SeriesApp"/> alone, as a program that embeds it would go it.</summary>
[Trait("Database", "both")]
public sealed class SeriesAppTests : IAsyncLifetime
{
    private readonly TestDatabase _folder = new();
    private RunningSampleSite _site = null!;
    private ServiceProvider _services = null!;

    private SeriesApp App => _services.GetRequiredService<SeriesApp>();

    private CallbackManager Callbacks => _services.GetRequiredService<CallbackManager>();

    private string LibraryFolder => Path.Join(_folder.Folder, "library");

    public async ValueTask InitializeAsync()
    {
        _site = await RunningSampleSite.StartAsync();
        var options = new AniWorldOptions
        {
            AnimeDirectory = LibraryFolder,
            Providers = new Dictionary<string, ProviderOptions>
            {
                ["aniworld"] = new() { Enabled = true, BaseUrl = _site.BaseAddress.AbsoluteUri, RequestsPerMinute = 6_000 },
            },
            Network = new NetworkOptions { AllowPrivateHosts = [_site.BaseAddress.Authority] },
            Hosters = new HosterOptions { Order = ["Rangeo"] },
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IOptionsMonitor<AniWorldOptions>>(new FixedOptions(options));
        services.AddSingleton(new DataFolder(Path.Join(_folder.Folder, "data"), Path.Join(_folder.Folder, "logs")));
        services.AddSingleton<IDbContextFactory<Data.AniWorldDbContext>>(_folder);
        services.AddSingleton<CallbackManager>();
        services.AddOutbound().AddCatalogue().AddStreaming().AddEngine().AddLibrary();
        services.AddSeriesApp();
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_series_is_searched_read_downloaded_and_found_on_disk()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var seen = new List<ProgressContext>();
        var ended = new List<CompletionContext>();
        using var progress = Callbacks.OnProgress(context =>
        {
            lock (seen)
            {
                seen.Add(context);
            }
        });
        using var completion = Callbacks.OnCompletion(ended.Add);

        var hit = Assert.Single((await App.SearchAsync("kurz", cancellationToken: cancellationToken)).Hits);
        var series = await App.GetSeriesAsync("aniworld", hit.Key, cancellationToken);
        Assert.NotNull(series);
        foreach (var episode in series.Episodes)
        {
            await App.DownloadAsync(Order(series.Key, episode.Season, episode.Number), cancellationToken);
        }

        var root = LibraryRoot.Open(LibraryFolder, _services.GetRequiredService<DataFolder>(), followLinks: false, databaseKnowsFiles: false);
        var folders = new List<ScannedFolder>();
        await foreach (var folder in App.WalkAsync(root, Guid.NewGuid(), cancellationToken: cancellationToken))
        {
            folders.Add(folder);
        }

        var files = Assert.Single(folders).Files;
        Assert.Equal(series.Episodes.Select(e => e.Number), files.Select(f => f.Name!.Numbers.Single()));
        Assert.All(files, f => Assert.Equal(Language.DeDub, f.Name!.Language));
        Assert.Equal(series.Episodes.Count, ended.Count);
        Assert.Contains(seen, context => context.Transfer?.Phase is DownloadPhase.Downloading);
        foreach (var (file, episode) in files.Zip(series.Episodes))
        {
            var bytes = await File.ReadAllBytesAsync(Path.Join(LibraryFolder, file.RelativePath), cancellationToken);
            Assert.Equal(
                _site.ClipOf(series.Key, episode.Season, episode.Number, "Rangeo").Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
    }

    [Fact]
    public async Task A_language_that_is_not_there_is_said_before_anything_is_written()
    {
        var order = Order("nebelfahrt-nach-morgen", 1, 5) with { Language = Language.Ja };

        var fault = await Assert.ThrowsAsync<FaultException>(() => App.DownloadAsync(order, TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.LanguageMissing, fault.Code);
        Assert.Empty(Directory.EnumerateFiles(LibraryFolder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_unknown_key_is_no_series()
    {
        Assert.Null(await App.GetSeriesAsync("aniworld", "gibt-es-nicht", TestContext.Current.CancellationToken));
    }

    private EpisodeOrder Order(string key, int season, int number)
    {
        var folder = Directory.CreateDirectory(Path.Join(LibraryFolder, "Kurz & knapp (2021)", "Season 01"));
        return new EpisodeOrder
        {
            Provider = "aniworld",
            Episode = new EpisodeKey(key, season, number),
            Language = Language.DeDub,
            TargetPath = Path.Join(folder.FullName, $"Kurz & knapp - S{season:00}E{number:00} [de-dub]"),
            Options = new MediaDownloadOptions { FreeSpaceReserve = 0 },
        };
    }
}

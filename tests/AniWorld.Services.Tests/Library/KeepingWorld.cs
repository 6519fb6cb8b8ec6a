using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Library;
using AniWorld.Services.Metadata;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Library;

/// <summary>A library on disk with the services that keep it, on a real database. No site is switched on, nothing runs in the background.</summary>
internal sealed class KeepingWorld : IAsyncDisposable
{
    public const string Key = "sternenlotse";
    public const string Folder = "Sternenlotse (2021)";

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-keeping-").FullName;
    private TestDatabase _database;
    private ServiceProvider _services;

    public KeepingWorld(Func<AniWorldOptions, AniWorldOptions>? change = null)
    {
        var options = new AniWorldOptions
        {
            AnimeDirectory = Library,
            Tools = new ToolOptions { Ffmpeg = "/nonexistent", Ffprobe = "/nonexistent" },
        };
        Options = new FixedOptions(change?.Invoke(options) ?? options);
        (_database, _services) = Start();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public FixedOptions Options { get; }

    public string Library => Path.Join(_folder, "library");

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AniWorldDbContext Database() => _database.CreateDbContext();

    /// <summary>As after the data folder was lost.</summary>
    public async Task UseNewDatabaseAsync()
    {
        await _services.DisposeAsync();
        _database.Dispose();
        (_database, _services) = Start();
    }

    private (TestDatabase Database, ServiceProvider Services) Start()
    {
        var database = new TestDatabase(Time);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(Options)
            .AddSingleton(new DataFolder(Path.Join(_folder, "data"), Path.Join(_folder, "logs")))
            .AddTestDatabase(database)
            .AddProgress().AddOutbound().AddCatalogue().AddStreaming().AddEngine().AddLibrary().AddDownloads().AddSeries().AddMetadata()
            .BuildServiceProvider();
        return (database, services);
    }

    /// <summary>Puts a file into the library.</summary>
    /// <param name="path">Below the library's root.</param>
    public string Add(string path, byte[]? content = null)
    {
        var full = Path.Join(Library, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content ?? "video"u8.ToArray());
        return full;
    }

    /// <summary>The series with episodes of season 1, offered as German dub; their files are found by <see cref="ScanAsync"/>.</summary>
    public async Task AddSeriesAsync(int episodes, Action<AnimeSeries>? change = null)
    {
        var series = new AnimeSeries
        {
            Key = Key,
            Name = "Sternenlotse: Kurs Nord",
            Site = "site.example",
            Folder = Folder,
            Link = "https://site.example/anime/stream/sternenlotse",
            Provider = "aniworld",
            Year = 2021,
            Description = "Zwei Lotsen & ein Schiff.",
            RefreshedAt = Time.GetUtcNow(),
        };
        for (var number = 1; number <= episodes; number++)
        {
            var episode = new Episode { Season = 1, Number = number, Titles = { ["de"] = $"Folge {number}", ["en"] = $"Part {number}" } };
            episode.Availability.Add(new EpisodeAvailability { Language = Language.DeDub, Hosters = ["Rangeo"] });
            series.Episodes.Add(episode);
        }

        change?.Invoke(series);
        await using var database = Database();
        database.Add(series);
        await database.SaveChangesAsync();
    }

    public async Task<ScanRun> ScanAsync()
    {
        var run = await Get<ScanService>().RunAsync(offline: true);
        Assert.Equal((ScanState.Completed, null), (run!.State, run.Message));
        return run;
    }

    /// <summary>All files of the series, in order of their paths.</summary>
    public async Task<List<EpisodeFile>> FilesAsync()
    {
        await using var database = Database();
        return await database.EpisodeFiles.AsNoTracking().Include(f => f.Episode.Series).OrderBy(f => f.Path).ThenBy(f => f.Episode.Number).ToListAsync();
    }

    /// <summary>What is in a series' folder, without the sidecar, in order.</summary>
    public List<string> Names(string folder = Folder) =>
    [
        .. Directory.EnumerateFiles(Path.Join(Library, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Join(Library, folder), path))
            .Where(path => path != SeriesSidecar.FileName)
            .Order(StringComparer.Ordinal),
    ];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

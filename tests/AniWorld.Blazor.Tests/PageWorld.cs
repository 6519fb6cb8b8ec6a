using AniWorld.Blazor.Diagnosis;
using AniWorld.Blazor.Health;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Blazor.Policy;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Auth;
using AniWorld.Services.Backups;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Import;
using AniWorld.Services.Library;
using AniWorld.Services.Notifications;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using AniWorld.Services.Statistics;
using AniWorld.Services.Streaming;
using Bunit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;

namespace AniWorld.Blazor.Tests;

/// <summary>The pages with the services behind them on a real database, without server, browser or background work.</summary>
public sealed class PageWorld : BunitContext
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-pages-").FullName;

    public PageWorld()
    {
        var data = new DataFolder(Path.Combine(_folder, "data"), Path.Combine(_folder, "logs"));
        Directory.CreateDirectory(data.Root);
        var host = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("anime_directory", Directory.CreateDirectory(Path.Combine(_folder, "library")).FullName),
                new("limits:bcrypt_cost", "4"),
            ])
            .Build();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(data);
        Services.AddConfiguration(ConfigChain.Open(host, data, [], Time));
        Services.AddSqliteDatabase(data.Database);
        Services.AddAuth();
        Services.AddProgress();
        Services.AddOutbound();
        Services.AddCatalogue();
        Services.AddStreaming();
        Services.AddEngine();
        Services.AddLibrary();
        Services.AddDownloads();
        Services.AddSeries();
        Services.AddScheduling();
        Services.AddBackups();
        Services.AddNotifications();
        Services.AddStatistics();
        Services.AddDiagnosis();
        Services.AddHealth();
        Services.AddSystemPages();
        Services.AddImport();
        Services.AddMudServices();
        Services.AddScoped<LiveFeed>();
        Services.AddScoped<UserActions>();
        Services.AddSingleton<SavedFilters>();
        Services.AddScoped<EpisodeActions>();
        Services.AddScoped<SeriesActions>();
        Services.AddScoped<BulkActions>();
        using var database = Database();
        database.Database.Migrate();
        Popovers = Render<MudPopoverProvider>();
        Messages = Render<MudSnackbarProvider>();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Where open menus are drawn.</summary>
    public IRenderedComponent<MudPopoverProvider> Popovers { get; }

    /// <summary>Where what was done is said, with the way back.</summary>
    public IRenderedComponent<MudSnackbarProvider> Messages { get; }

    public AniWorldDbContext Database() => Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContext();

    /// <summary>Publishes and lets one tick pass, so that it goes out.</summary>
    public void Happens(ProgressEvent happened)
    {
        Services.GetRequiredService<ProgressService>().Publish(happened);
        Time.Advance(Tick);
    }

    /// <summary>Lets the clock run until the assertion holds: for pages that read again no more often than once in an interval.</summary>
    public void Eventually(Action assertion)
    {
        Exception? last = null;
        var held = SpinWait.SpinUntil(() => Holds(assertion, out last), TimeSpan.FromMinutes(2));
        Assert.True(held, last?.Message);
    }

    private bool Holds(Action assertion, out Exception? failure)
    {
        Time.Advance(Tick);
        failure = Record.Exception(assertion);
        return failure is null;
    }

    public DownloadQueueItem AddDownload(int number, DownloadStatus status, Action<DownloadQueueItem>? change = null)
    {
        var item = new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = "mond-lotse",
            SeriesName = "Mondlotse",
            SeriesFolder = "Mondlotse (2020)",
            Season = 1,
            Number = number,
            Title = $"Folge {number}",
            Language = Language.DeDub,
            Status = status,
            Position = number,
        };
        change?.Invoke(item);
        using var database = Database();
        database.Add(item);
        database.SaveChanges();
        return item;
    }

    /// <summary>A series of one season, each episode offered as German dub.</summary>
    public void AddSeries(string name, int episodes)
    {
        var series = new AnimeSeries
        {
            Key = "mond-lotse",
            Name = name,
            Site = "example.org",
            Folder = "Mondlotse (2020)",
            Link = "https://example.org/anime/stream/mond-lotse",
            Provider = "aniworld",
        };
        for (var number = 1; number <= episodes; number++)
        {
            var episode = new Episode { Season = 1, Number = number, Titles = { ["de"] = $"{name} {number}" } };
            episode.Availability.Add(new EpisodeAvailability { Language = Language.DeDub, Hosters = ["Rangeo"] });
            series.Episodes.Add(episode);
        }

        using var database = Database();
        database.Add(series);
        database.SaveChanges();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

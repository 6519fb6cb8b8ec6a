using AniWorld.Data;
using AniWorld.Services.Backups;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Simulation;

/// <summary>A library that looks after itself for a year: schedule, refresh, gap-fill, queue and database are real, the clock leaps from job to job.</summary>
/// <remarks>What a download would transfer is one small file; what it asks the site for is asked.</remarks>
internal sealed class SimulatedYear : IAsyncDisposable
{
    public const int RequestsPerDay = 1_000;

    private readonly TestDatabase _database;
    private readonly FixedOptions _settings;
    private ServiceProvider _services = null!;

    public SimulatedYear()
    {
        // Thousands of commits, none of which has to outlive the test: in memory, where the system has that.
        _database = new TestDatabase(Time, Directory.Exists("/dev/shm") ? "/dev/shm" : null);
        _settings = new FixedOptions(new AniWorldOptions
        {
            AnimeDirectory = Library,
            Backup = new BackupOptions { Enabled = false },
            Downloads = new DownloadOptions { MinFreeMb = 0 },
            Languages = new LanguageOptions
            {
                DefaultProfile = "any",
                Profiles =
                [
                    new LanguageProfile { Name = "any", Order = ["de-dub", "de-sub"], Cutoff = "de-dub" },
                    new LanguageProfile { Name = "dub", Order = ["de-dub"], Cutoff = "de-dub" },
                ],
            },
            Providers = new Dictionary<string, ProviderOptions>
            {
                ["year"] = new() { Enabled = true, RequestsPerDay = RequestsPerDay, RequestsPerMinute = 60 },
            },
            Scheduler = new SchedulerOptions
            {
                TimeZone = "Europe/Berlin",
                AutoDownloadAfterRescan = true,
                Cron = "0 0 3 1 * ?",
                Jobs = new Dictionary<string, JobOptions>
                {
                    [JobNames.CatalogueRefresh] = new() { Cron = "0 7 0/3 * * ?" },
                    [JobNames.GapFill] = new() { Cron = "0 20 4 * * ?" },
                },
            },
        });
    }

    public FakeTimeProvider Time { get; } = new(SimulatedSite.Begin);

    public string Library => Path.Join(_database.Folder, "library");

    public SimulatedSite Site => (SimulatedSite)Get<ProviderRegistry>().All.Single(provider => provider.Name == "year");

    /// <summary>What was fetched, in order; the same twice stands here twice.</summary>
    public List<string> Fetched { get; } = [];

    public List<SystemNotice> Notices { get; } = [];

    /// <summary>When each job ran.</summary>
    public List<(string Job, DateTimeOffset At)> Ran { get; } = [];

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AniWorldDbContext Database() => _database.CreateDbContext();

    /// <summary>Starts the program on what is there, and makes up for what was due meanwhile, as the schedule does.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new Random(2026))
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(_settings)
            .AddSingleton(new DataFolder(Path.Join(_database.Folder, "data"), Path.Join(_database.Folder, "logs")))
            .AddTestDatabase(_database);
        services.AddProgress();
        services.AddOutbound().AddCatalogue().AddStreaming().AddEngine().AddLibrary().AddDownloads().AddSeries().AddScheduling();
        services.AddSingleton<ISeriesProvider, SimulatedSite>();
        services.Remove(services.Single(service => service.ImplementationType == typeof(DailyBackup)));
        _services = services.BuildServiceProvider();
        await Get<SiteHealth>().StartAsync(cancellationToken);
        Get<SiteHealth>().Changed += change => Notices.Add(new SystemNotice(change.IsBack ? "info" : "warning", change.Code, change.Sentence.ToString()));
        foreach (var work in Works)
        {
            if (JobSchedules.Of(work, _settings.CurrentValue) is { } schedule && await Get<JobRuns>().MissedAsync(work.Name, schedule, cancellationToken))
            {
                await RunAsync(work, cancellationToken);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Get<SourceHealthService>().FlushAsync(cancellationToken);
        await _services.DisposeAsync();
    }

    public async Task AddSeriesAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; number < SimulatedSite.Series; number++)
        {
            var key = SimulatedSite.KeyOf(number);
            Assert.IsType<AddResult.Added>(await Get<AnimeService>().AddAsync($"https://year.example/{key}", cancellationToken: cancellationToken));
            if (IsDubOnly(number))
            {
                await Get<AnimeService>().ChangeAsync(key, new SeriesChange { LanguageProfile = new Given<string?>("dub") }, cancellationToken);
            }
        }
    }

    public static bool IsDubOnly(int number) => number % 2 == 1;

    /// <summary>Lets the clock run from job to job.</summary>
    public async Task RunUntilAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = Time.GetUtcNow();
            var next = Works
                .Select(work => (Work: work, At: JobSchedules.Of(work, _settings.CurrentValue)?.Next(now, 1).FirstOrDefault()))
                .Where(due => due.At is not null)
                .MinBy(due => due.At);
            if (next.At > end)
            {
                Time.Advance(end - now);
                return;
            }

            Time.Advance(next.At!.Value - now);
            await RunAsync(next.Work, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _database.Dispose();
    }

    private IReadOnlyList<IScheduledWork> Works => [.. _services.GetServices<IScheduledWork>()];

    private async Task RunAsync(IScheduledWork work, CancellationToken cancellationToken)
    {
        Ran.Add((work.Name, Time.GetUtcNow()));
        var run = await Get<JobRuns>().RunAsync(work, cancellationToken);
        Assert.True(run.Outcome is "done" or "skipped", $"{work.Name} {run.Outcome}: {run.Message}");
        await DrainAsync(cancellationToken);
    }

    /// <summary>What the worker does, without transfers: as many as may be taken now.</summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var claims = Get<DownloadClaims>();
        while (await claims.TakeAsync(cancellationToken) is (var item, var claim))
        {
            await using var database = Database();
            var episode = await database.Episodes.AsNoTracking().Include(e => e.Series).Include(e => e.Files)
                .SingleAsync(e => e.Series.Key == item.SeriesKey && e.Season == item.Season && e.Number == item.Number, cancellationToken);
            try
            {
                if (Get<SiteHealth>().RestOf(Site.Name, SitePages.Episode) is { } rest)
                {
                    throw rest;
                }

                var links = await Site.GetHosterLinksAsync(new EpisodeKey(item.SeriesKey, item.Season, item.Number), cancellationToken);
                Assert.Contains(links, link => link.Language == item.Language);
                Assert.DoesNotContain(episode.Files, file => file.Language == item.Language);
                var target = await Get<DownloadTargets>().MakeAsync(database, episode, item.Language, cancellationToken);
                var path = target.AbsolutePath + ".mp4";
                Assert.False(File.Exists(path), $"{path} was fetched before.");
                await File.WriteAllTextAsync(path, "video", cancellationToken);
                Fetched.Add($"{item.SeriesKey} {item.Number} {item.Language}");
                await Get<DownloadOutcomes>().CompletedAsync(
                    item, claim, episode, new FetchedEpisode(new DownloadedMedia(path, 5, null), "Hoster", null), target.RelativePath + ".mp4", 0);
                await Get<Replacement>().AfterAsync(item, episode);
            }
            catch (FaultException fault)
            {
                await Get<DownloadOutcomes>().FailedAsync(item, claim, fault);
            }
        }
    }
}

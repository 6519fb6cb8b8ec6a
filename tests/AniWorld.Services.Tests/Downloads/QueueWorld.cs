using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Library;
using AniWorld.Services.Nodes;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using FaultKind = AniWorld.SampleSite.Faults.FaultKind;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>The queue as the host runs it: a real database, a library folder, the sample catalogue over real sockets, and a clock of its own.</summary>
/// <remarks>The clock goes with the real one while the test waits for something, and stands still otherwise.</remarks>
internal sealed class QueueWorld : IAsyncDisposable
{
    public const string Key = "kurz-und-knapp";

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestDatabase _database;
    private readonly DatabaseLine _line;
    private readonly string _own;
    private readonly bool _isFirst;
    private readonly bool _hasNodes;
    private readonly Action<IServiceCollection> _change;
    private readonly List<ProgressEvent> _events = [];
    private ServiceProvider _services = null!;
    private List<IHostedService> _running = [];
    private ProgressSubscription _subscription = null!;
    private Task _listening = Task.CompletedTask;

    private QueueWorld(RunningSampleSite site, TestDatabase database, FakeTimeProvider time, bool isFirst, bool hasNodes, Action<IServiceCollection>? change = null)
    {
        (Site, _database, Time, _isFirst, _hasNodes, _change) = (site, database, time, isFirst, hasNodes, change ?? (_ => { }));
        _line = new DatabaseLine(database);
        _own = Path.Join(database.Folder, isFirst ? "first" : "second");
        Settings = new Settable(new AniWorldOptions
        {
            AnimeDirectory = Library,
            Downloads = new DownloadOptions { MinFreeMb = 0, BackoffSeconds = 0.05, Connections = 1 },
            Hosters = new HosterOptions { Order = ["Rangeo"] },
            Network = new NetworkOptions { AllowPrivateHosts = [site.BaseAddress.Authority] },
            Providers = new Dictionary<string, ProviderOptions>
            {
                ["aniworld"] = new() { Enabled = true, BaseUrl = site.BaseAddress.AbsoluteUri, RequestsPerMinute = 6_000 },
            },
            Tools = new ToolOptions { Ffmpeg = "/nonexistent", Ffprobe = "/nonexistent" },
        });
    }

    public FakeTimeProvider Time { get; }

    public RunningSampleSite Site { get; }

    public Settable Settings { get; }

    public string Library => Path.Join(_database.Folder, "library");

    public DownloadService Queue => Get<DownloadService>();

    /// <summary>What was told since the start, without progress.</summary>
    public IReadOnlyList<ProgressEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<string> Videos => Found("*.mp4");

    /// <summary>Whatever an unfinished download leaves.</summary>
    public IReadOnlyList<string> Partials => Found("*.part*");

    /// <summary>Requests to hosters, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> HosterRequests =>
        [.. Site.Requests.All.Where(request => request.Path.StartsWith("/hoster/", StringComparison.Ordinal))];

    /// <param name="change">Registers something in another's place.</param>
    public static async Task<QueueWorld> StartAsync(SampleSiteOptions? site = null, Action<IServiceCollection>? change = null)
    {
        var time = NewTime();
        return await StartAsync(new QueueWorld(await RunningSampleSite.StartAsync(site), new TestDatabase(time), time, isFirst: true, hasNodes: false, change));
    }

    /// <summary>The same on PostgreSQL, where another node can be started beside it.</summary>
    /// <param name="lead">As that of <see cref="TestDatabase.OnServer"/>.</param>
    public static async Task<QueueWorld> StartOnServerAsync(SampleSiteOptions? site = null, Func<string, string>? lead = null)
    {
        var time = NewTime();
        var database = TestDatabase.OnServer(time, lead);
        return await StartAsync(new QueueWorld(await RunningSampleSite.StartAsync(site), database, time, isFirst: true, hasNodes: true));
    }

    /// <summary>A second node with a data folder of its own: same database, library, site and clock. To be disposed of first.</summary>
    public Task<QueueWorld> StartBesideAsync() => StartAsync(new QueueWorld(Site, _database, Time, isFirst: false, hasNodes: true));

    /// <summary>From now on this node does not reach the database; nobody else notices.</summary>
    public void CutOff() => _line.IsCut = true;

    private static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private static async Task<QueueWorld> StartAsync(QueueWorld world)
    {
        await world.StartAsync();
        return world;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AniWorldDbContext Database() => _database.CreateDbContext();

    /// <summary>Starts what <see cref="StopAsync"/> ended, on the same database and library.</summary>
    public async Task StartAsync()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(Settings)
            .AddSingleton(new DataFolder(Path.Join(_own, "data"), Path.Join(_own, "logs")))
            .AddTestDatabase(_database)
            .AddSingleton<IDbContextFactory<AniWorldDbContext>>(_line);
        services.AddProgress();
        services.AddOutbound().AddCatalogue().AddStreaming().AddEngine().AddLibrary().AddDownloads().AddDownloadWorker().AddSeries();
        if (!_hasNodes)
        {
            // Alone on whichever database: minutes that pass at once end no lease then.
            services.AddSingleton(new ThisNode(new DatabasePlace.File("unused"), new DataFolder(_own, _own)));
        }

        _change(services);
        _services = services.BuildServiceProvider();
        _subscription = Get<ProgressService>().Subscribe();
        _listening = ListenAsync(_subscription);
        _running = [.. _services.GetServices<IHostedService>()];
        foreach (var service in _running)
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends it in good order, as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        foreach (var service in _running.AsEnumerable().Reverse())
        {
            await RunAsync(service.StopAsync(CancellationToken.None));
        }

        _running = [];
        await _services.DisposeAsync();
        await _listening;
    }

    public async Task AddAsync(string key = Key) => Assert.IsType<AddResult.Added>(
        await RunAsync(Get<AnimeService>().AddAsync(new Uri(Site.BaseAddress, $"/anime/stream/{key}").AbsoluteUri)));

    /// <summary>Queues episodes of season 1, of a series that <see cref="AddAsync"/> added.</summary>
    public async Task<IReadOnlyList<Guid>> EnqueueAsync(
        string key, IEnumerable<int> numbers, DownloadPriority priority = DownloadPriority.Normal, Language? language = null) =>
        (await Queue.EnqueueAsync(new EnqueueRequest(key, [.. numbers.Select(number => new EpisodeNumber(1, number))], priority, language))).Added;

    public async Task<Guid> EnqueueAsync(int number = 1, DownloadPriority priority = DownloadPriority.Normal) =>
        (await EnqueueAsync(Key, [number], priority)).Single();

    /// <summary>Leaves one hoster that has anything.</summary>
    public void LeaveOnly(string hoster)
    {
        foreach (var other in ((string[])["Rangeo", "Plainfile", "Streamly", "Cryptix", "Embedo"]).Where(name => name != hoster))
        {
            Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = other, Status = 404 });
        }
    }

    public async Task<DownloadQueueItem> ItemAsync(Guid id)
    {
        await using var database = Database();
        return await database.Downloads.IgnoreQueryFilters().AsNoTracking().SingleAsync(item => item.Id == id);
    }

    public async Task<DownloadQueueItem> UntilAsync(Guid id, Func<DownloadQueueItem, bool> condition)
    {
        DownloadQueueItem item = null!;
        await UntilAsync(async () => condition(item = await ItemAsync(id)), () => $"{item.Status} {item.Error} {item.Hoster} {item.RetryCount}");
        return item;
    }

    public Task<DownloadQueueItem> UntilAsync(Guid id, DownloadStatus status) => UntilAsync(id, item => item.Status == status);

    /// <summary>Looks again while time passes; gives up after a minute, and says how it was last.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, Func<string> state)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Beat);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not come to that; last seen: {state()}");
            Time.Advance(Beat);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Lets time pass until something is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> work)
    {
        await RunAsync((Task)work);
        return await work;
    }

    public async Task RunAsync(Task work)
    {
        await UntilAsync(() => Task.FromResult(work.IsCompleted), () => "still at it");
        await work;
    }

    public async ValueTask DisposeAsync()
    {
        _line.IsCut = false;
        await StopAsync();
        if (_isFirst)
        {
            await Site.DisposeAsync();
            _database.Dispose();
        }
    }

    private async Task ListenAsync(ProgressSubscription subscription)
    {
        await foreach (var batch in subscription.ReadBatchesAsync())
        {
            lock (_events)
            {
                _events.AddRange(batch.Select(one => one.Event).Where(happened => happened is not DownloadProgressed));
            }
        }
    }

    private IReadOnlyList<string> Found(string pattern) => Directory.Exists(Library)
        ? [.. Directory.EnumerateFiles(Library, pattern, SearchOption.AllDirectories).Where(path => !path.Contains("quarantine", StringComparison.Ordinal))]
        : [];

    /// <summary>A node's way to the database.</summary>
    private sealed class DatabaseLine(TestDatabase database) : IDbContextFactory<AniWorldDbContext>
    {
        public volatile bool IsCut;

        public AniWorldDbContext CreateDbContext() =>
            IsCut ? throw new NpgsqlException("The server does not answer.") : database.CreateDbContext();
    }

    /// <summary>Settings that a test changes while things run.</summary>
    internal sealed class Settable(AniWorldOptions value) : IOptionsMonitor<AniWorldOptions>
    {
        private readonly List<Action<AniWorldOptions, string?>> _listeners = [];

        public AniWorldOptions CurrentValue { get; private set; } = value;

        public AniWorldOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<AniWorldOptions, string?> listener)
        {
            _listeners.Add(listener);
            return null;
        }

        public void Change(Func<AniWorldOptions, AniWorldOptions> change)
        {
            CurrentValue = change(CurrentValue);
            _listeners.ToList().ForEach(listener => listener(CurrentValue, null));
        }

        public void ChangeDownloads(Func<DownloadOptions, DownloadOptions> change) =>
            Change(options => options with { Downloads = change(options.Downloads) });
    }
}

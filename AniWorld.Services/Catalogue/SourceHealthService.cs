using AniWorld.Data;
using AniWorld.Data.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Catalogue;

/// <summary>Values of <see cref="SourceHealth.Kind"/>.</summary>
public static class SourceKind
{
    public const string Site = "site";
    public const string Hoster = "hoster";
}

/// <summary>Remembers how sites and hosters do. Recording costs nothing; what was recorded is written every few seconds.</summary>
public sealed class SourceHealthService(
    IDbContextFactory<AniWorldDbContext> databases, TimeProvider time, ILogger<SourceHealthService> logger) : BackgroundService
{
    /// <summary>Names come from remote pages; more than these are not remembered between two writes.</summary>
    private const int MostNames = 500;

    private const int LongestName = 100;

    /// <summary>Share of the newest in the moving means.</summary>
    private const double NewestShare = 0.2;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private Dictionary<(string Kind, string Name), Tally> _tallies = [];

    /// <param name="kind">Of <see cref="SourceKind"/>.</param>
    /// <param name="latency">From the question to the answer.</param>
    /// <param name="speed">Bytes per second of what followed; <see langword="null"/> when that cannot be told.</param>
    public void Succeeded(string kind, string name, TimeSpan latency, double? speed = null) =>
        Record(kind, name, tally => tally.Succeed(time.GetUtcNow(), latency.TotalMilliseconds, speed));

    public void Failed(string kind, string name, FaultException fault) =>
        Record(kind, name, tally => tally.Fail(time.GetUtcNow(), fault.Text));

    /// <summary>What of a site no longer works; <see langword="null"/> when all does.</summary>
    internal void Troubled(string site, Dictionary<string, string>? trouble, DateTimeOffset? since) =>
        Record(SourceKind.Site, site, tally => tally.Trouble(trouble, since));

    /// <summary>A request was sent to a site.</summary>
    /// <param name="day">Midnight, UTC.</param>
    internal void Requested(string site, DateTimeOffset day) => Record(SourceKind.Site, site, tally => tally.Request(day));

    /// <summary>Everything written so far, by name.</summary>
    public async Task<IReadOnlyList<SourceHealth>> ListAsync(string kind, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.SourceHealth.AsNoTracking()
            .Where(health => health.Kind == kind)
            .OrderBy(health => health.Name)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Writes what was recorded since the last time; a database that refuses is logged and tried again later.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            foreach (var ((kind, name), tally) in TakeAll())
            {
                await WriteAsync(kind, name, tally, cancellationToken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    /// <remarks><see cref="StopAsync"/> writes the rest.</remarks>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(Interval, FlushAsync, stoppingToken);

    private void Record(string kind, string name, Action<Tally> change)
    {
        var key = (kind, name.Length > LongestName ? name[..LongestName] : name);
        lock (_gate)
        {
            if (_tallies.TryGetValue(key, out var tally) || (_tallies.Count < MostNames && _tallies.TryAdd(key, tally = new Tally())))
            {
                change(tally);
            }
        }
    }

    private Dictionary<(string Kind, string Name), Tally> TakeAll()
    {
        lock (_gate)
        {
            var taken = _tallies;
            _tallies = [];
            return taken;
        }
    }

    private async Task WriteAsync(string kind, string name, Tally tally, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var row = await database.SourceHealth.SingleOrDefaultAsync(health => health.Kind == kind && health.Name == name, cancellationToken);
            if (row is null)
            {
                row = new SourceHealth { Kind = kind, Name = name };
                database.Add(row);
            }

            tally.AddTo(row);
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Health is a by-product: it must not break what it watches.
            logger.LogWarning(e, "Could not write the health of {Kind} {Name}; it is tried again", kind, name);
            Record(kind, name, later => later.Precede(tally));
        }
    }

    /// <summary>What happened since the last write.</summary>
    private sealed class Tally
    {
        private long _successes;
        private long _failures;
        private DateTimeOffset? _lastSuccess;
        private DateTimeOffset? _lastFailure;
        private string? _lastError;
        private double? _latency;
        private double? _speed;

        /// <summary>The moving success rate of these events alone, and the share that what was before them keeps.</summary>
        private double _gained;
        private double _kept = 1;

        private bool _hasTrouble;
        private Dictionary<string, string>? _trouble;
        private DateTimeOffset? _troubleSince;
        private DateTimeOffset? _requestDay;
        private int _requests;

        public void Trouble(Dictionary<string, string>? trouble, DateTimeOffset? since) =>
            (_hasTrouble, _trouble, _troubleSince) = (true, trouble, since);

        public void Request(DateTimeOffset day) => (_requests, _requestDay) = ((_requestDay == day ? _requests : 0) + 1, day);

        public void Succeed(DateTimeOffset at, double milliseconds, double? speed)
        {
            _successes++;
            _lastSuccess = at;
            _latency = Mean(_latency, milliseconds);
            _speed = speed is { } now ? Mean(_speed, now) : _speed;
            Move(1);
        }

        public void Fail(DateTimeOffset at, string error)
        {
            _failures++;
            (_lastFailure, _lastError) = (at, error);
            Move(0);
        }

        /// <summary>Puts an earlier tally before this one.</summary>
        public void Precede(Tally earlier)
        {
            _successes += earlier._successes;
            _failures += earlier._failures;
            _lastSuccess ??= earlier._lastSuccess;
            _lastError = _lastFailure is null ? earlier._lastError : _lastError;
            _lastFailure ??= earlier._lastFailure;
            _latency ??= earlier._latency;
            _speed ??= earlier._speed;
            (_gained, _kept) = ((earlier._gained * _kept) + _gained, earlier._kept * _kept);
            (_hasTrouble, _trouble, _troubleSince) = _hasTrouble
                ? (true, _trouble, _troubleSince)
                : (earlier._hasTrouble, earlier._trouble, earlier._troubleSince);
            _requests += _requestDay is null || _requestDay == earlier._requestDay ? earlier._requests : 0;
            _requestDay ??= earlier._requestDay;
        }

        public void AddTo(SourceHealth row)
        {
            row.Successes += _successes;
            row.Failures += _failures;
            row.LastSuccessAt = _lastSuccess ?? row.LastSuccessAt;
            row.LastFailureAt = _lastFailure ?? row.LastFailureAt;
            row.LastError = _lastError ?? row.LastError;
            row.LatencyMs = _latency is { } latency ? Mean(row.LatencyMs, latency) : row.LatencyMs;
            row.Speed = _speed is { } speed ? Mean(row.Speed, speed) : row.Speed;
            if (_hasTrouble)
            {
                (row.Trouble, row.TroubleSince) = (_trouble, _troubleSince);
            }

            if (_requestDay is { } day)
            {
                (row.Requests, row.RequestDay) = ((row.RequestDay == day ? row.Requests : 0) + _requests, day);
            }

            row.SuccessRate = _kept == 1 ? row.SuccessRate : row.SuccessRate is { } rate ? (rate * _kept) + _gained : _gained / (1 - _kept);
        }

        private void Move(double outcome) =>
            (_gained, _kept) = ((_gained * (1 - NewestShare)) + (outcome * NewestShare), _kept * (1 - NewestShare));

        private static double Mean(double? before, double now) => before is { } mean ? mean + (NewestShare * (now - mean)) : now;
    }
}

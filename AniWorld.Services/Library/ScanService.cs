using System.Diagnostics;
using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using AniWorld.Services.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Library;

public abstract record ScanStart
{
    public sealed record Started(Guid Id) : ScanStart;

    /// <summary>One scan runs at a time; this is the one that does.</summary>
    public sealed record AlreadyRunning(Guid Id) : ScanStart;

    public sealed record UnknownSeries : ScanStart;
}

/// <summary>Scans the library in the background, one scan at a time, with progress and cancellation.</summary>
public sealed class ScanService : IHostedService, IDisposable
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly LibraryScan _scan;
    private readonly GapFill _gapFill;
    private readonly SeriesReader _reader;
    private readonly ProgressService _progress;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly TimeProvider _time;
    private readonly ILogger<ScanService> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private RunningScan? _running;

    internal ScanService(
        LibraryScan scan,
        GapFill gapFill,
        SeriesReader reader,
        ProgressService progress,
        IDbContextFactory<AniWorldDbContext> databases,
        TimeProvider time,
        ILogger<ScanService> logger)
    {
        _scan = scan;
        _gapFill = gapFill;
        _reader = reader;
        _progress = progress;
        _databases = databases;
        _time = time;
        _logger = logger;
    }

    /// <summary>Starts a scan and returns at once.</summary>
    /// <param name="key">Only this series; <see langword="null"/> for the whole library.</param>
    /// <param name="offline">Compares the disk with the catalogue as it is known, without asking the site.</param>
    public Task<ScanStart> StartAsync(string? key = null, bool offline = false, CancellationToken cancellationToken = default) =>
        StartAsync(key, offline, onlyDue: false, cancellationToken);

    private async Task<ScanStart> StartAsync(string? key, bool offline, bool onlyDue, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        if (key is not null && !await database.Series.AnyAsync(s => s.Key == key, cancellationToken))
        {
            return new ScanStart.UnknownSeries();
        }

        RunningScan running;
        lock (_gate)
        {
            if (_running is { } other)
            {
                return new ScanStart.AlreadyRunning(other.Id);
            }

            running = _running = new RunningScan(Guid.NewGuid(), CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token));
        }

        try
        {
            database.Add(new ScanRun { Id = running.Id, SeriesKey = key, StartedAt = _time.GetUtcNow() });
            await database.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            End(running);
            throw;
        }

        running.Task = Task.Run(() => RunAsync(running, key, offline, onlyDue), CancellationToken.None);
        return new ScanStart.Started(running.Id);
    }

    /// <summary>Starts a scan, unless one runs, and waits for its end.</summary>
    /// <param name="onlyDue">Reads of the catalogue only the series whose next look is due.</param>
    /// <returns>The finished run; <see langword="null"/> when one was running already or the series is unknown.</returns>
    public async Task<ScanRun?> RunAsync(
        string? key = null, bool offline = false, bool onlyDue = false, CancellationToken cancellationToken = default)
    {
        if (await StartAsync(key, offline, onlyDue, cancellationToken) is not ScanStart.Started(var id))
        {
            return null;
        }

        Task? task;
        lock (_gate)
        {
            task = _running?.Id == id ? _running.Task : null;
        }

        await (task ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await database.ScanRuns.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);
    }

    /// <returns>The running scan, else the last one; <see langword="null"/> before the first.</returns>
    public async Task<ScanRun?> LatestAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await database.ScanRuns.AsNoTracking().OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancellationToken);
    }

    /// <returns>False when no scan runs.</returns>
    public bool Cancel()
    {
        lock (_gate)
        {
            _running?.Cancellation.Cancel();
            return _running is not null;
        }
    }

    /// <summary>Keeps scans from beginning while the library's files get other names.</summary>
    /// <returns>To be disposed of at the end; <see langword="null"/> when a scan runs.</returns>
    internal IDisposable? TryReserve()
    {
        lock (_gate)
        {
            return _running is null
                ? new Reservation(this, _running = new RunningScan(Guid.NewGuid(), CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token)))
                : null;
        }
    }

    /// <summary>A scan that a killed process left running is over.</summary>
    async Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        await database.ScanRuns.Where(r => r.State == ScanState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, ScanState.Failed)
                .SetProperty(r => r.Message, "AniWorld was stopped while it ran.")
                .SetProperty(r => r.FinishedAt, _time.GetUtcNow()),
            cancellationToken);
    }

    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        Task? task;
        lock (_gate)
        {
            task = _running?.Task;
        }

        await (task ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(RunningScan running, string? key, bool offline, bool onlyDue)
    {
        using var span = TelemetrySource.Start("scan", ("key", key), ("offline", offline));
        var started = _time.GetTimestamp();
        try
        {
            var outcome = await _scan.RunAsync(running.Id, key, offline, onlyDue, SaveNowAndThen(running.Id), running.Cancellation.Token);
            var missing = (await _reader.ListAsync(new SeriesQuery(), CancellationToken.None)).Items;
            var count = missing.Where(s => key is null || s.Key == key).Sum(s => s.MissingCount);
            var warning = Summary(outcome.Warnings);
            await FinishAsync(running, ScanState.Completed, warning, run =>
            {
                run.Files = outcome.Files;
                run.Missing = count;
            });
            _progress.Publish(new ScanCompleted(
                running.Id, outcome.Series, outcome.Files, count, _time.GetElapsedTime(started), warning));
            await _gapFill.RunAsync(key, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            await FinishAsync(running, ScanState.Cancelled, null);
            _progress.Publish(new ScanFailed(running.Id, "The scan was cancelled.", Cancelled: true));
        }
        catch (FaultException fault)
        {
            span.Fail(fault);
            await FinishAsync(running, ScanState.Failed, fault.Text);
            _progress.Publish(new ScanFailed(running.Id, fault.Text, Cancelled: false));
        }
        catch (Exception e)
        {
            span.Fail(e);
            _logger.LogError(e, "Scan {ScanId} failed unexpectedly", running.Id);
            var text = $"{FaultCode.Internal}: The scan failed inside AniWorld; the log says more.";
            await FinishAsync(running, ScanState.Failed, text);
            _progress.Publish(new ScanFailed(running.Id, text, Cancelled: false));
        }
        finally
        {
            End(running);
        }
    }

    /// <summary>Each write is flushed to the disk: thousands of series would wait for that most of the time.</summary>
    private Func<int, int, Task> SaveNowAndThen(Guid id)
    {
        long? saved = null;
        return async (current, total) =>
        {
            if (saved is null || current == total || _time.GetElapsedTime(saved.Value) >= SaveEvery)
            {
                saved = _time.GetTimestamp();
                await SaveProgressAsync(id, current, total);
            }
        };
    }

    private async Task SaveProgressAsync(Guid id, int current, int total)
    {
        await using var database = await _databases.CreateDbContextAsync();
        await database.ScanRuns.Where(r => r.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Current, current).SetProperty(r => r.Total, total));
    }

    /// <summary>Stores the outcome. When even that fails, the next start marks the run as stopped.</summary>
    private async Task FinishAsync(RunningScan running, ScanState state, string? message, Action<ScanRun>? change = null)
    {
        try
        {
            await using var database = await _databases.CreateDbContextAsync();
            var run = await database.ScanRuns.SingleAsync(r => r.Id == running.Id);
            run.State = state;
            run.Message = message;
            run.FinishedAt = _time.GetUtcNow();
            change?.Invoke(run);
            await database.SaveChangesAsync();
        }
        catch (Exception e)
        {
            _logger.LogError(e, "The outcome of scan {ScanId} could not be stored", running.Id);
        }
    }

    private void End(RunningScan running)
    {
        lock (_gate)
        {
            Debug.Assert(_running == running, "Only one scan runs at a time.");
            _running = null;
        }

        running.Cancellation.Dispose();
    }

    private static string? Summary(IReadOnlyList<string> warnings)
    {
        const int Shown = 5;
        return warnings.Count switch
        {
            0 => null,
            <= Shown => string.Join(' ', warnings),
            _ => $"{string.Join(' ', warnings.Take(Shown))} And {warnings.Count - Shown} more; the log has all of them.",
        };
    }

    private sealed class Reservation(ScanService scans, RunningScan held) : IDisposable
    {
        public void Dispose() => scans.End(held);
    }

    private sealed class RunningScan(Guid id, CancellationTokenSource cancellation)
    {
        public Guid Id { get; } = id;

        public CancellationTokenSource Cancellation { get; } = cancellation;

        public Task Task { get; set; } = Task.CompletedTask;
    }
}

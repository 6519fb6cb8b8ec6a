using System.Diagnostics;
using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using AniWorld.Services.Nodes;
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

/// <summary>Scans the library in the background, one scan at a time on all nodes together, with progress and cancellation.</summary>
public sealed class ScanService : IHostedService, IDisposable
{
    private const string Turn = "library-scan";

    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly LibraryScan _scan;
    private readonly GapFill _gapFill;
    private readonly SeriesReader _reader;
    private readonly ProgressService _progress;
    private readonly NodeTurns _turns;
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
        NodeTurns turns,
        IDbContextFactory<AniWorldDbContext> databases,
        TimeProvider time,
        ILogger<ScanService> logger)
    {
        _scan = scan;
        _gapFill = gapFill;
        _reader = reader;
        _progress = progress;
        _turns = turns;
        _databases = databases;
        _time = time;
        _logger = logger;
    }

    /// <summary>Starts a scan and returns at once.</summary>
    /// <param name="key">Only this series; <see langword="null"/> for the whole library.</param>
    /// <param name="offline">Compares the disk with the catalogue as it is known, without asking the site.</param>
    public Task<ScanStart> StartAsync(string? key = null, bool offline = false, CancellationToken cancellationToken = default) =>
        StartAsync(key is null ? null : [key], offline, onlyDue: false, cancellationToken);

    /// <summary>Starts one scan of some series and returns at once.</summary>
    /// <param name="keys">Those that the library does not have are left out.</param>
    /// <inheritdoc cref="StartAsync(string?, bool, CancellationToken)" path="/param[@name='offline']"/>
    public Task<ScanStart> StartAsync(IReadOnlyList<string> keys, bool offline, CancellationToken cancellationToken = default) =>
        StartAsync(keys, offline, onlyDue: false, cancellationToken);

    private async Task<ScanStart> StartAsync(IReadOnlyList<string>? keys, bool offline, bool onlyDue, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        if (keys is not null && !await database.Series.AnyAsync(s => keys.Contains(s.Key), cancellationToken))
        {
            return new ScanStart.UnknownSeries();
        }

        if (await TryBeginAsync(cancellationToken) is not { } running)
        {
            return new ScanStart.AlreadyRunning(await RunningIdAsync(database, cancellationToken));
        }

        try
        {
            await CloseLostAsync(database, cancellationToken);
            database.Add(new ScanRun { Id = running.Id, SeriesKey = keys is [var only] ? only : null, StartedAt = _time.GetUtcNow() });
            await database.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            await EndAsync(running);
            throw;
        }

        running.Task = Task.Run(() => RunAsync(running, keys, offline, onlyDue), CancellationToken.None);
        return new ScanStart.Started(running.Id);
    }

    /// <summary>Starts a scan, unless one runs, and waits for its end.</summary>
    /// <param name="onlyDue">Reads of the catalogue only the series whose next look is due.</param>
    /// <returns>The finished run; <see langword="null"/> when one was running already or the series is unknown.</returns>
    public async Task<ScanRun?> RunAsync(
        string? key = null, bool offline = false, bool onlyDue = false, CancellationToken cancellationToken = default)
    {
        if (await StartAsync(key is null ? null : [key], offline, onlyDue, cancellationToken) is not ScanStart.Started(var id))
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

    /// <summary>Tells the running scan to end, on whichever node.</summary>
    /// <returns>False when no scan runs.</returns>
    public async Task<bool> CancelAsync(CancellationToken cancellationToken = default)
    {
        var isHere = Cancel();
        if (isHere || !_turns.AreShared)
        {
            return isHere;
        }

        // The node that has it sees that with the next progress that it saves.
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await database.ScanRuns.Where(r => r.State == ScanState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, ScanState.Cancelled).SetProperty(r => r.FinishedAt, _time.GetUtcNow()), cancellationToken) > 0;
    }

    /// <summary>The same for one that runs here.</summary>
    internal bool Cancel()
    {
        lock (_gate)
        {
            _running?.Cancellation.Cancel();
            return _running is not null;
        }
    }

    /// <summary>Keeps scans from beginning while the library's files get other names.</summary>
    /// <returns>To be disposed of at the end; <see langword="null"/> when a scan runs.</returns>
    internal async Task<IAsyncDisposable?> TryReserveAsync(CancellationToken cancellationToken) =>
        await TryBeginAsync(cancellationToken) is { } held ? new Reservation(this, held) : null;

    /// <summary>A scan that a killed process left running is over, unless another node runs it.</summary>
    async Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        if (await _turns.TryTakeAsync(Turn, cancellationToken) is { } turn)
        {
            await using (turn)
            {
                await using var database = await _databases.CreateDbContextAsync(cancellationToken);
                await CloseLostAsync(database, cancellationToken);
            }
        }
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

    /// <returns><see langword="null"/> when a scan runs, here or on another node.</returns>
    private async Task<RunningScan?> TryBeginAsync(CancellationToken cancellationToken)
    {
        RunningScan running;
        lock (_gate)
        {
            if (_running is not null)
            {
                return null;
            }

            running = _running = new RunningScan(Guid.NewGuid(), CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token));
        }

        try
        {
            if (await _turns.TryTakeAsync(Turn, cancellationToken) is { } turn)
            {
                running.Take(turn);
                return running;
            }
        }
        catch
        {
            await EndAsync(running);
            throw;
        }

        await EndAsync(running);
        return null;
    }

    private async Task<Guid> RunningIdAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_running is { } here)
            {
                return here.Id;
            }
        }

        return await database.ScanRuns.Where(r => r.State == ScanState.Running)
            .OrderByDescending(r => r.StartedAt).Select(r => r.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>For whoever has the turn: nobody else scans.</summary>
    private async Task CloseLostAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        await database.ScanRuns.Where(r => r.State == ScanState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, ScanState.Failed)
                .SetProperty(r => r.Message, "AniWorld was stopped while it ran.")
                .SetProperty(r => r.FinishedAt, _time.GetUtcNow()),
            cancellationToken);
    }

    private async Task RunAsync(RunningScan running, IReadOnlyList<string>? keys, bool offline, bool onlyDue)
    {
        using var span = TelemetrySource.Start("scan", ("key", keys is [var only] ? only : null), ("offline", offline));
        var started = _time.GetTimestamp();
        try
        {
            var outcome = await _scan.RunAsync(running.Id, keys, offline, onlyDue, SaveNowAndThen(running), running.Cancellation.Token);
            var missing = (await _reader.ListAsync(new SeriesQuery(), CancellationToken.None)).Items;
            var count = missing.Where(s => keys is null || keys.Contains(s.Key)).Sum(s => s.MissingCount);
            var warning = Summary(outcome.Warnings);
            await FinishAsync(running, ScanState.Completed, warning?.ToString(), run =>
            {
                run.Files = outcome.Files;
                run.Missing = count;
            });
            _progress.Publish(new ScanCompleted(
                running.Id, outcome.Series, outcome.Files, count, _time.GetElapsedTime(started), warning));
            await ((keys, offline) switch
            {
                (not null, _) => _gapFill.RunAsync(keys, CancellationToken.None),
                (_, true) => _gapFill.AfterScanAsync(outcome.Changed, CancellationToken.None),
                _ => _gapFill.RunAsync(CancellationToken.None),
            });
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
            var text = new FaultException(FaultCode.Internal, new Sentence("fault_scan_broke"), e).Text;
            await FinishAsync(running, ScanState.Failed, text);
            _progress.Publish(new ScanFailed(running.Id, text, Cancelled: false));
        }
        finally
        {
            await EndAsync(running);
        }
    }

    /// <summary>Each write is flushed to the disk: thousands of series would wait for that most of the time.</summary>
    private Func<int, int, Task> SaveNowAndThen(RunningScan running)
    {
        long? saved = null;
        return async (current, total) =>
        {
            if (saved is null || current == total || _time.GetElapsedTime(saved.Value) >= SaveEvery)
            {
                saved = _time.GetTimestamp();
                await SaveProgressAsync(running, current, total);
            }
        };
    }

    private async Task SaveProgressAsync(RunningScan running, int current, int total)
    {
        await using var database = await _databases.CreateDbContextAsync();
        var isWanted = await database.ScanRuns.Where(r => r.Id == running.Id && r.State == ScanState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Current, current).SetProperty(r => r.Total, total)) > 0;
        if (!isWanted)
        {
            // Cancelled on another node.
            await running.Cancellation.CancelAsync();
        }
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

    private async Task EndAsync(RunningScan running)
    {
        // First, so that whoever finds that no scan runs here can have the turn.
        await running.GiveTurnBackAsync();
        lock (_gate)
        {
            Debug.Assert(_running == running, "Only one scan runs at a time.");
            _running = null;
        }

        running.Cancellation.Dispose();
    }

    private static Sentence? Summary(IReadOnlyList<Sentence> warnings)
    {
        const int Shown = 5;
        return warnings.Count switch
        {
            0 => null,
            <= Shown => Sentence.Join(warnings),
            _ => Sentence.Join([.. warnings.Take(Shown), new Sentence("scan_more", warnings.Count - Shown)]),
        };
    }

    private sealed class Reservation(ScanService scans, RunningScan held) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await scans.EndAsync(held);
    }

    private sealed class RunningScan(Guid id, CancellationTokenSource cancellation)
    {
        private NodeTurn? _turn;

        public Guid Id { get; } = id;

        public CancellationTokenSource Cancellation { get; } = cancellation;

        public Task Task { get; set; } = Task.CompletedTask;

        public void Take(NodeTurn turn)
        {
            _turn = turn;
            turn.Lost.Register(Cancellation.Cancel);
        }

        public ValueTask GiveTurnBackAsync() => _turn?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>Renames all files of a series by the naming templates: looked at first, then done, then taken back if it was not meant so.</summary>
public sealed class BulkRename : IHostedService
{
    private readonly FileRenames _renames;
    private readonly ScanService _scans;
    private readonly LibraryAccess _library;
    private readonly ProgressService _progress;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BulkRename> _logger;

    internal BulkRename(
        FileRenames renames,
        ScanService scans,
        LibraryAccess library,
        ProgressService progress,
        IDbContextFactory<AniWorldDbContext> databases,
        IOptionsMonitor<AniWorldOptions> options,
        TimeProvider time,
        ILogger<BulkRename> logger)
    {
        _renames = renames;
        _scans = scans;
        _library = library;
        _progress = progress;
        _databases = databases;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>What <see cref="RunAsync"/> would do; changes nothing.</summary>
    /// <returns><see langword="null"/> when no series has the key.</returns>
    /// <exception cref="FaultException">The library is not there.</exception>
    public async Task<RenamePlan?> PlanAsync(string key, CancellationToken cancellationToken = default) =>
        await SeriesAsync(key, cancellationToken) is { } series ? Plan(series, _library.Open(databaseKnowsFiles: true)) : null;

    /// <summary>When the files of a series were last renamed so that it can be taken back; <see langword="null"/> when they were not.</summary>
    public DateTimeOffset? LastRename(string key)
    {
        try
        {
            return Last(key, _library.Open(databaseKnowsFiles: true))?.Journal.At;
        }
        catch (FaultException)
        {
            return null;
        }
    }

    /// <summary>Renames what the plan of this moment says, with what lies beside each file under the same name.</summary>
    /// <exception cref="FaultException">A file could not be renamed; all have their old names.</exception>
    public Task<RenameResult> RunAsync(string key, CancellationToken cancellationToken = default) => AloneAsync(key, async (series, root) =>
    {
        var plan = Plan(series, root);
        if (plan.Moves.Count == 0)
        {
            return new RenameResult.NothingToDo();
        }

        var moves = WithCompanions(plan.Moves, root.SeriesFolder(series.Folder));
        await _renames.RunAsync(new RenameJournal { Key = key, At = _time.GetUtcNow(), Moves = moves }, series, root);
        return new RenameResult.Renamed(moves, plan.Left);
    }, cancellationToken);

    /// <summary>Gives the files that the last rename of a series changed their names of before, as far as they are there and those names are free.</summary>
    /// <exception cref="FaultException">A file could not be renamed; all stay as they are.</exception>
    public Task<RenameResult> UndoAsync(string key, CancellationToken cancellationToken = default) => AloneAsync(key, async (series, root) =>
    {
        if (Last(key, root) is not { } last)
        {
            return new RenameResult.NothingToDo();
        }

        var folder = root.SeriesFolder(series.Folder);
        var back = last.Journal.Moves.Reverse().Select(move => new RenameMove(move.To, move.From)).ToList();
        var there = back.Where(move => File.Exists(Path.Join(folder, move.From))).ToList();
        var gone = back.Except(there).Select(move => new RenameLeft(move.From, move.To, RenameObstacle.NotThere));
        var plan = RenamePlan.Of(there, gone, path => Path.Exists(Path.Join(folder, path)));
        if (plan.Moves.Count > 0)
        {
            await _renames.RunAsync(new RenameJournal { Key = key, At = _time.GetUtcNow(), IsUndo = true, Moves = plan.Moves }, series, root);
        }

        File.Delete(last.File);
        return new RenameResult.Renamed(plan.Moves, plan.Left);
    }, cancellationToken);

    /// <summary>Finishes what a killed process left half renamed, before anything looks at the library.</summary>
    async Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        await using var reserved = await _scans.TryReserveAsync(cancellationToken);
        if (reserved is null)
        {
            // Another node scans or renames just now; what looks half done is what it is at.
            return;
        }

        try
        {
            var root = _library.Open(databaseKnowsFiles: true);
            foreach (var (file, journal) in RenameJournal.All(root).Where(found => !found.Journal.Done).Reverse())
            {
                if (await SeriesAsync(journal.Key, cancellationToken) is { } series)
                {
                    await _renames.FinishAsync(file, journal, series, root);
                    _logger.LogInformation("Finished the renaming of {Count} files of {Key}", journal.Moves.Count, journal.Key);
                }
            }
        }
        catch (FaultException fault) when (fault.Code is FaultCode.TargetMissing)
        {
            // A new AniWorld, or a disk that is not mounted: nothing can be said of what is there.
        }
        catch (FaultException fault)
        {
            _logger.LogWarning("A renaming that was cut short could not be finished: {Code}: {Message}", fault.Code, fault.Message);
        }
    }

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<RenameResult> AloneAsync(
        string key, Func<AnimeSeries, LibraryRoot, Task<RenameResult>> act, CancellationToken cancellationToken)
    {
        await using var reserved = await _scans.TryReserveAsync(cancellationToken);
        if (reserved is null)
        {
            return new RenameResult.ScanRuns();
        }

        if (await SeriesAsync(key, cancellationToken) is not { } series)
        {
            return new RenameResult.UnknownSeries();
        }

        var root = _library.Open(databaseKnowsFiles: true);
        var result = await Task.Run(() => act(series, root), CancellationToken.None);
        _progress.Publish(new SeriesChanged(series.Key, series.Folder));
        return result;
    }

    private static (string File, RenameJournal Journal)? Last(string key, LibraryRoot root) =>
        RenameJournal.All(root).Where(found => found.Journal is { Done: true, IsUndo: false } && found.Journal.Key == key)
            .Select(found => ((string, RenameJournal)?)found).FirstOrDefault();

    private RenamePlan Plan(AnimeSeries series, LibraryRoot root)
    {
        var (naming, language) = (_library.Naming, _options.CurrentValue.Naming.TitleLanguage);
        var folder = root.SeriesFolder(series.Folder);
        List<RenameMove> wishes = [];
        List<RenameLeft> left = [];
        foreach (var rows in series.Episodes.SelectMany(e => e.Files).GroupBy(f => f.Path).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (!rows.Key.StartsWith(series.Folder + "/", StringComparison.Ordinal))
            {
                continue;
            }

            var path = rows.Key[(series.Folder.Length + 1)..];
            if (rows.Count() > 1)
            {
                left.Add(new RenameLeft(path, null, RenameObstacle.SeveralEpisodes));
                continue;
            }

            var wanted = naming.EpisodePath(LabelOf(series, rows.First(), language)) + Path.GetExtension(path);
            if (wanted == path)
            {
                continue;
            }

            if (File.Exists(Path.Join(folder, path)))
            {
                wishes.Add(new RenameMove(path, wanted));
            }
            else
            {
                left.Add(new RenameLeft(path, wanted, RenameObstacle.NotThere));
            }
        }

        return RenamePlan.Of(wishes, left, path => Path.Exists(Path.Join(folder, path)));
    }

    private static EpisodeLabel LabelOf(AnimeSeries series, EpisodeFile file, string language) => new(
        series.Name,
        series.Key,
        series.Year,
        file.Episode.Season,
        file.Episode.Number,
        EpisodeTitle.Of(file.Episode, language),
        file.Language);

    /// <summary>Each file with what lies beside it; a companion whose new name is taken stays, and keeps its old one.</summary>
    private static List<RenameMove> WithCompanions(IReadOnlyList<RenameMove> moves, string folder)
    {
        List<RenameMove> all = [];
        var given = moves.Select(move => move.To).ToHashSet();
        foreach (var move in moves)
        {
            var (from, to) = (Path.ChangeExtension(move.From, null), Path.ChangeExtension(move.To, null));
            all.Add(move);
            all.AddRange(Companions.Of(Path.Join(folder, move.From))
                .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Select(path => new RenameMove(path, to + path[from.Length..]))
                .Where(beside => !Path.Exists(Path.Join(folder, beside.To)) && given.Add(beside.To)));
        }

        return all;
    }

    private async Task<AnimeSeries?> SeriesAsync(string key, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await database.Series.AsNoTracking()
            .Include(s => s.Episodes).ThenInclude(e => e.Files)
            .AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
    }
}

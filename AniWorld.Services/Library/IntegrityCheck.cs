using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>
/// Reads the library's files again, the longest unread first, and remembers which of them are damaged. Where a file's language is not known,
/// its tracks are asked for it.
/// </summary>
/// <remarks>A run has a budget of time (<c>library.check_minutes</c>); where it ended follows from when each file was checked.</remarks>
public sealed class IntegrityCheck
{
    private const int AtOnce = 50;

    private readonly FileCheck _check;
    private readonly LibraryAccess _library;
    private readonly ProgressService _progress;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<IntegrityCheck> _logger;

    internal IntegrityCheck(
        FileCheck check,
        LibraryAccess library,
        ProgressService progress,
        IDbContextFactory<AniWorldDbContext> databases,
        IOptionsMonitor<AniWorldOptions> options,
        TimeProvider time,
        ILogger<IntegrityCheck> logger)
    {
        _check = check;
        _library = library;
        _progress = progress;
        _databases = databases;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Checks as many files as the budget allows, and tells what came of it.</summary>
    /// <exception cref="Faults.FaultException">The library is not there; nothing was concluded from that.</exception>
    public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        var budget = TimeSpan.FromMinutes(_options.CurrentValue.Library.CheckMinutes);
        var before = _time.GetUtcNow() - TimeSpan.FromDays(_options.CurrentValue.Library.CheckDays);
        var (sound, damaged) = (0, 0);
        while (_time.GetElapsedTime(started) < budget && await NextAsync(before, cancellationToken) is { Count: > 0 } files)
        {
            var root = _library.Open(databaseKnowsFiles: true);
            foreach (var file in files.TakeWhile(_ => _time.GetElapsedTime(started) < budget))
            {
                var isDamaged = await CheckAsync(root, file, cancellationToken);
                _ = isDamaged ? damaged++ : sound++;
            }
        }

        var left = await CountAsync(before, cancellationToken);
        return sound + damaged == 0
            ? new WorkOutcome.Skipped(new Sentence("job_all_checked"))
            : new WorkOutcome.Done(new Sentence("job_checked", sound + damaged, damaged, left));
    }

    /// <returns>Whether it is damaged.</returns>
    private async Task<bool> CheckAsync(LibraryRoot root, DueFile file, CancellationToken cancellationToken)
    {
        var path = Path.Join(root.Path, file.Path);
        var found = await _check.RunAsync(path, file.Hash, cancellationToken);
        var tracks = file.Language == Language.Unknown && found is { Problem: null, IsGone: false }
            ? await _check.TracksAsync(path, cancellationToken)
            : null;
        root.EnsureMounted();
        await StoreAsync(file, found, tracks, cancellationToken);
        if (found.Problem is null)
        {
            return false;
        }

        _logger.LogWarning("{Path} is damaged: {Problem}", file.Path, found.Problem.Text);
        if (!file.WasDamaged)
        {
            _progress.Publish(new SystemNotice("warning", "damaged_file", new Sentence("notice_damaged_file", file.Path).ToString()));
        }

        return true;
    }

    /// <summary>A double episode has one file and several rows: all of them get the same.</summary>
    private async Task StoreAsync(DueFile file, FileFinding found, MediaTracks? tracks, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.EpisodeFiles.Include(f => f.Episode.Series).Where(f => f.Path == file.Path).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            row.CheckedAt = _time.GetUtcNow();
            if (found.IsGone)
            {
                // Nothing to say about what is not there: that is for the next scan.
                continue;
            }

            row.Problem = found.Problem?.Text;
            row.Verified = found.Problem is null;
            row.Hash ??= found.Problem is null ? found.Hash : null;
        }

        if (tracks is not null)
        {
            TakeLanguage(database, rows, tracks);
        }

        await database.SaveChangesAsync(cancellationToken);
        foreach (var series in rows.Select(r => r.Episode.Series).DistinctBy(s => s.Id).Where(_ => !found.IsGone))
        {
            _progress.Publish(new SeriesChanged(series.Key, series.Folder));
        }
    }

    /// <summary>A language that is known by now is left alone.</summary>
    private void TakeLanguage(AniWorldDbContext database, List<EpisodeFile> rows, MediaTracks tracks)
    {
        foreach (var unknown in rows.Where(r => r.Language == Language.Unknown).GroupBy(r => r.Episode.Series))
        {
            var profile = LanguageChoice.ProfileOf(_options.CurrentValue.Languages, unknown.Key.LanguageProfile);
            if (LanguageOfTracks.Of(tracks, profile) is var language && language != Language.Unknown)
            {
                FileLanguages.Assign(database, unknown.Key, unknown, language);
            }
        }
    }

    private async Task<List<DueFile>> NextAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var files = await Due(database, before)
            .OrderBy(f => f.CheckedAt)
            .ThenBy(f => f.Id)
            .Take(AtOnce)
            .Select(f => new DueFile(f.Path, f.Hash, f.Language, f.Problem != null))
            .ToListAsync(cancellationToken);
        return [.. files.DistinctBy(f => f.Path)];
    }

    private async Task<int> CountAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await Due(database, before).Select(f => f.Path).Distinct().CountAsync(cancellationToken);
    }

    private static IQueryable<EpisodeFile> Due(AniWorldDbContext database, DateTimeOffset before) =>
        database.EpisodeFiles.Where(f => f.CheckedAt == null || f.CheckedAt < before);

    /// <param name="Hash">Of its content, when it was read before.</param>
    private sealed record DueFile(string Path, string? Hash, Language Language, bool WasDamaged);
}

using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.Downloads;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Import;

/// <summary>
/// Takes an older Python installation over: settings, master password, series, episodes and queue. First as a plan, which changes nothing; then
/// the plan is carried out. What is here already stays as it is, so that a second time adds nothing twice.
/// </summary>
public sealed class ImportService
{
    private readonly OldInstallationReader _reader;
    private readonly SeriesPlanning _series;
    private readonly SettingPlanning _settings;
    private readonly ConfigService _configuration;
    private readonly DatabasePlace _place;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly ImportWriter _writer;
    private readonly ILogger<ImportService> _logger;

    internal ImportService(
        OldInstallationReader reader,
        SeriesPlanning series,
        SettingPlanning settings,
        ConfigService configuration,
        DatabasePlace place,
        IDbContextFactory<AniWorldDbContext> databases,
        ImportWriter writer,
        ILogger<ImportService> logger)
    {
        _reader = reader;
        _series = series;
        _settings = settings;
        _configuration = configuration;
        _place = place;
        _databases = databases;
        _writer = writer;
        _logger = logger;
    }

    /// <summary>Says what would be taken over. Changes nothing, neither there nor here.</summary>
    /// <param name="path">The old installation's folder, in which <c>data</c> is.</param>
    /// <param name="library">Where its videos are now; <see langword="null"/> to go by its configuration.</param>
    /// <returns><see langword="null"/> when there is no old installation.</returns>
    /// <exception cref="FaultException">It is there, but cannot be used.</exception>
    public async Task<ImportPlan?> PlanAsync(string path, string? library = null, CancellationToken cancellationToken = default)
    {
        if (await _reader.ReadAsync(path, library, cancellationToken) is not { } old)
        {
            return null;
        }

        var here = await HereAsync(cancellationToken);
        var (settings, patch) = await _settings.PlanAsync(old, library, cancellationToken);
        var (series, known) = _series.Plan(old, library ?? OldSettings.Library(old), here.Series);
        return new ImportPlan
        {
            Source = old.Root,
            Series = series,
            KnownSeries = known,
            Downloads = DownloadsOf(old, here),
            PasswordHash = PasswordOf(old, here.HasPassword),
            Settings = settings,
            Patch = patch,
            Remarks = old.Remarks,
        };
    }

    /// <summary>Carries a plan out. Nobody else may use the data folder meanwhile.</summary>
    /// <remarks>Settings first, as one change with a backup before it; then all of the database in one transaction.</remarks>
    /// <exception cref="FaultException">Something was refused; the database is as it was.</exception>
    public async Task<ImportPlan> ApplyAsync(ImportPlan plan, CancellationToken cancellationToken = default)
    {
        if (plan.Settings.Count > 0 && await _configuration.PutAsync(plan.Patch, cancellationToken) is ConfigChange.Invalid(var problems))
        {
            throw new FaultException(
                FaultCode.Internal,
                new Sentence("fault_import_settings", Sentence.Join(problems.Select(p => new Sentence("import_error", p.Path, p.Said)))));
        }

        try
        {
            await _writer.WriteAsync(plan, cancellationToken);
        }
        catch (DbUpdateException e)
        {
            throw new FaultException(
                FaultCode.IoError, new Sentence("fault_import_refused", e.InnerException?.Message ?? e.Message), e);
        }

        _logger.LogInformation("Took over {Series} series and {Episodes} episodes from {Source}", plan.NewSeries, plan.NewEpisodes, plan.Source);
        return plan;
    }

    private static string? PasswordOf(OldInstallation old, bool isSet)
    {
        var hash = OldSettings.PasswordHash(old);
        if (hash is not null && isSet)
        {
            old.Remarks.Add(new Sentence("import_password_stays"));
            return null;
        }

        return hash;
    }

    private static List<ImportedDownload> DownloadsOf(OldInstallation old, Present here)
    {
        var removed = here.Series.Where(series => series.IsRemoved).Select(series => series.Key).ToHashSet();
        removed.ExceptWith(here.Series.Where(series => !series.IsRemoved).Select(series => series.Key));
        List<ImportedDownload> items =
        [
            .. old.Downloads
                .Where(item => !removed.Contains(item.Key) && !here.Downloads.Contains((item.Key, item.Number)))
                .DistinctBy(item => (item.Key, item.Number))
                .Select(item => new ImportedDownload(item.Key, item.Number, item.Status, item.Priority, item.Title, item.Error, item.Language, item.At)),
        ];
        if (items.Exists(item => item.Status is DownloadStatus.Pending))
        {
            old.Remarks.Add(new Sentence("import_queue_stops"));
        }

        return items;
    }

    private async Task<Present> HereAsync(CancellationToken cancellationToken)
    {
        // Opening it would make it, and a plan changes nothing.
        if (!_place.IsThere)
        {
            return new([], [], HasPassword: false);
        }

        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        if (!(await database.Database.GetAppliedMigrationsAsync(cancellationToken)).Any())
        {
            return new([], [], HasPassword: false);
        }

        var numbers = (await database.Episodes.IgnoreQueryFilters()
                .Select(e => new { e.SeriesId, e.Season, e.Number }).ToListAsync(cancellationToken))
            .ToLookup(e => e.SeriesId, e => new EpisodeNumber(e.Season, e.Number));
        var series = await database.Series.IgnoreQueryFilters()
            .Select(s => new { s.Id, s.Key, s.Folder, Removed = s.DeletedAt != null }).ToListAsync(cancellationToken);
        var downloads = await database.Downloads.IgnoreQueryFilters()
            .Select(i => new { i.SeriesKey, i.Season, i.Number }).ToListAsync(cancellationToken);
        return new(
            [.. series.Select(s => new KnownSeries(s.Key, s.Folder, s.Removed, numbers[s.Id].ToHashSet()))],
            [.. downloads.Select(i => (i.SeriesKey, new EpisodeNumber(i.Season, i.Number)))],
            await database.Credentials.AnyAsync(c => c.Name == Credential.Master, cancellationToken));
    }

    /// <summary>What is here, as far as it decides what is new.</summary>
    private sealed record Present(
        IReadOnlyList<KnownSeries> Series, HashSet<(string Key, EpisodeNumber Number)> Downloads, bool HasPassword);
}

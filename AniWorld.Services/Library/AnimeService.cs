using System.Diagnostics;
using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>The series of the library: found in a catalogue, added, shown, changed and removed.</summary>
public sealed class AnimeService
{
    /// <summary>A year.</summary>
    private const int MostRefreshHours = 8_760;

    private readonly SeriesReader _reader;
    private readonly SeriesApp _app;
    private readonly ProviderRegistry _providers;
    private readonly CoverService _covers;
    private readonly CatalogueStore _store;
    private readonly SeriesFolders _folders;
    private readonly FileRemoval _files;
    private readonly FileLanguages _languages;
    private readonly ProgressService _progress;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AnimeService> _logger;

    internal AnimeService(
        SeriesReader reader,
        SeriesApp app,
        ProviderRegistry providers,
        CoverService covers,
        CatalogueStore store,
        SeriesFolders folders,
        FileRemoval files,
        FileLanguages languages,
        ProgressService progress,
        IDbContextFactory<AniWorldDbContext> databases,
        IOptionsMonitor<AniWorldOptions> options,
        TimeProvider time,
        ILogger<AnimeService> logger)
    {
        _reader = reader;
        _app = app;
        _providers = providers;
        _covers = covers;
        _store = store;
        _folders = folders;
        _files = files;
        _languages = languages;
        _progress = progress;
        _databases = databases;
        _options = options;
        _time = time;
        _logger = logger;
    }

    public Task<SeriesPage> ListAsync(SeriesQuery query, CancellationToken cancellationToken = default) =>
        _reader.ListAsync(query, cancellationToken);

    /// <returns><see langword="null"/> when no series has the key.</returns>
    public Task<SeriesDetail?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        _reader.FindAsync(key, cancellationToken);

    /// <summary>The key of the series in <paramref name="folder"/>; kept for old clients only.</summary>
    public async Task<string?> KeyOfFolderAsync(string folder, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await database.Series.Where(s => s.Folder == folder).Select(s => s.Key).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Searches the catalogues that are switched on.</summary>
    /// <param name="provider">Only this one; <see langword="null"/> for all.</param>
    public async Task<CatalogueSearch> SearchAsync(string query, string? provider = null, CancellationToken cancellationToken = default)
    {
        var found = await _app.SearchAsync(query.Trim(), provider, cancellationToken);
        var keys = found.Hits.Select(h => h.Key).ToList();
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var owned = await database.Series.Where(s => keys.Contains(s.Key))
            .ToDictionaryAsync(s => s.Key, s => s.Folder, cancellationToken);
        return new CatalogueSearch(
            [.. found.Hits.Select(hit => new FoundSeries(
                hit,
                owned.GetValueOrDefault(hit.Key) ?? _folders.NameFor(hit.Name, hit.Year, hit.Key),
                owned.ContainsKey(hit.Key),
                hit.Cover is { } cover ? _covers.Remember(cover) : null))],
            [.. found.Failures.Select(failure => new Sentence("fault_of", failure.Provider, failure.Fault.Sentence))],
            found.Asked,
            found.Answered);
    }

    /// <summary>Reads the series that a catalogue link leads to; adds nothing.</summary>
    /// <param name="link">Any page of the series: its own, a season's or an episode's.</param>
    /// <exception cref="FaultException">The catalogue cannot be reached or read.</exception>
    public async Task<PreviewResult> PreviewAsync(string link, CancellationToken cancellationToken = default)
    {
        if (!Uri.TryCreate(link.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return Refused(new AddResult.NotRecognised(new Sentence("link_no_address", link)));
        }

        if (_providers.RecogniseLink(address) is not { } found)
        {
            return Refused(new AddResult.NotRecognised(_providers.Enabled.Count == 0
                ? new Sentence("import_no_source")
                : new Sentence("link_not_series", link)));
        }

        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        if (await database.Series.AnyAsync(s => s.Key == found.Key, cancellationToken))
        {
            return Refused(new AddResult.AlreadyThere(found.Key));
        }

        return await _app.GetSeriesAsync(found.Provider.Name, found.Key, cancellationToken) is { } catalogue
            ? new PreviewResult.Found(catalogue, found.Provider, await _folders.ChooseAsync(database, catalogue, cancellationToken))
            : Refused(new AddResult.NotFound(new Sentence("link_not_found", found.Provider.Site, link)));

        static PreviewResult.Refused Refused(AddResult why) => new(why);
    }

    /// <summary>Adds the series that a catalogue link leads to, with all it offers. One that was removed before comes back.</summary>
    /// <param name="link">Any page of the series: its own, a season's or an episode's.</param>
    /// <param name="name">Another display name than the catalogue's.</param>
    /// <param name="folder">Another folder name than the template's.</param>
    /// <exception cref="FaultException">The catalogue cannot be reached or read; nothing was added.</exception>
    public async Task<AddResult> AddAsync(
        string link, string? name = null, string? folder = null, CancellationToken cancellationToken = default) =>
        ProblemOf(folder) ?? await PreviewAsync(link, cancellationToken) switch
        {
            PreviewResult.Found found => await AddAsync(found, name, folder, cancellationToken),
            PreviewResult.Refused(var why) => why,
            _ => throw new UnreachableException(),
        };

    /// <summary>Adds a series as it was read a moment ago.</summary>
    /// <inheritdoc cref="AddAsync(string, string?, string?, CancellationToken)"/>
    public async Task<AddResult> AddAsync(
        PreviewResult.Found found, string? name = null, string? folder = null, CancellationToken cancellationToken = default)
    {
        // A folder that is there is taken as it is, whatever it is called.
        if (ProblemOf(folder) is { } invalid && !await IsInLibraryAsync(folder!, cancellationToken))
        {
            return invalid;
        }

        var key = found.Series.Key;
        try
        {
            await _store.AddAsync(found.Series, found.Provider, Given(name), Given(folder), cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return new AddResult.AlreadyThere(key);
        }

        var summary = await _reader.SummaryAsync(key, cancellationToken)
            ?? throw new InvalidOperationException($"The series {key} was removed while it was being added.");
        _logger.LogInformation("Added {Key} with {Episodes} episodes", summary.Key, summary.EpisodeCount);
        _progress.Publish(new SeriesChanged(summary.Key, summary.Folder));
        return new AddResult.Added(summary);
    }

    private async Task<bool> IsInLibraryAsync(string folder, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await database.LibraryFolders.AnyAsync(known => known.Path == folder, cancellationToken);
    }

    private static AddResult.Invalid? ProblemOf(string? folder) =>
        folder is not null && SafeFileName.Problem(folder) is { } problem ? new AddResult.Invalid("folder", problem) : null;

    /// <summary>Changes what is given; a member that is <see langword="null"/> stays.</summary>
    public async Task<SeriesChangeResult> ChangeAsync(string key, SeriesChange change, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
        if (series is null)
        {
            return new SeriesChangeResult.Unknown();
        }

        if (change.LanguageProfile?.Value is { } profile && !_options.CurrentValue.Languages.Profiles.Any(known => known.Name == profile))
        {
            return new SeriesChangeResult.Invalid("language_profile", "No language profile has this name; the settings list them.");
        }

        if (change.RefreshHours?.Value is { } hours and (< 1 or > MostRefreshHours))
        {
            return new SeriesChangeResult.Invalid("refresh_hours", $"{hours} hours are not from 1 to {MostRefreshHours}; null leaves it to AniWorld.");
        }

        if (change.Folder is { } folder && folder != series.Folder)
        {
            if (await _folders.RenameAsync(database, series, folder, cancellationToken) is { } problem)
            {
                return new SeriesChangeResult.Invalid("folder", problem);
            }
        }

        series.Monitored = change.Monitored ?? series.Monitored;
        series.LanguageProfile = change.LanguageProfile is null ? series.LanguageProfile : change.LanguageProfile.Value;
        series.AutoDownload = change.AutoDownload is null ? series.AutoDownload : change.AutoDownload.Value;
        if (change.RefreshHours is { } refresh)
        {
            // What was learnt is gone through again with the next look, which is therefore due.
            series.RefreshHours = refresh.Value;
            series.RefreshReason = refresh.Value is null ? null : RefreshReason.Chosen;
            series.NextRefreshAt = refresh.Value is { } every ? series.RefreshedAt?.AddHours(every) : null;
        }

        await database.SaveChangesAsync(cancellationToken);
        _progress.Publish(new SeriesChanged(series.Key, series.Folder));
        return new SeriesChangeResult.Changed(
            await _reader.SummaryAsync(key, cancellationToken) ?? throw new InvalidOperationException($"The series {key} was removed meanwhile."));
    }

    /// <summary>
    /// Ignores episodes or stops ignoring them; <paramref name="wanted"/> true asks again for ones that the user removed or took out of the
    /// queue, and for ones whose download failed.
    /// </summary>
    /// <returns>False when no series has the key.</returns>
    public async Task<bool> SetEpisodesAsync(
        string key, IReadOnlyList<EpisodeNumber> episodes, bool? ignored, bool? wanted, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.Include(s => s.Episodes).SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
        if (series is null)
        {
            return false;
        }

        var chosen = episodes.ToHashSet();
        foreach (var episode in series.Episodes.Where(e => chosen.Contains(new EpisodeNumber(e.Season, e.Number))))
        {
            episode.Ignored = ignored ?? (wanted is true ? false : episode.Ignored);
            if (wanted is true)
            {
                (episode.RemovedByUserAt, episode.RemovedLanguages, episode.WantedAt) = (null, null, _time.GetUtcNow());
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        _progress.Publish(new SeriesChanged(series.Key, series.Folder));
        return true;
    }

    /// <summary>Moves an episode's files of one language, with what lies beside them under the same name, to the library's trash.</summary>
    /// <exception cref="FaultException">A file could not be moved; it is still where it was.</exception>
    public async Task<FileRemovalResult> RemoveFilesAsync(
        string key, EpisodeNumber episode, Language language, CancellationToken cancellationToken = default)
    {
        var result = await _files.RemoveAsync(key, episode, language, cancellationToken);
        if (result is FileRemovalResult.Removed(var files))
        {
            _logger.LogInformation("Moved {Files} of {Key} {Episode} in {Language} to the trash", files.Moves.Count, key, episode, language);
            _progress.Publish(new SeriesChanged(key, files.Folder));
        }

        return result;
    }

    /// <summary>Takes <see cref="RemoveFilesAsync"/> back.</summary>
    /// <exception cref="FaultException">A file is no longer in the trash, or its old place is taken.</exception>
    public async Task PutBackAsync(RemovedFiles files, CancellationToken cancellationToken = default)
    {
        await _files.PutBackAsync(files, cancellationToken);
        _progress.Publish(new SeriesChanged(files.Key, files.Folder));
    }

    /// <summary>Says what some episodes' files are heard and read in, of those that are held to be <paramref name="from"/> now.</summary>
    /// <remarks>Only where a file's name tells no language: what a name tells counts, and is read anew with each scan.</remarks>
    /// <param name="from">Normally <see cref="Language.Unknown"/>.</param>
    /// <returns>What was changed, which may be nothing; <see langword="null"/> when no series has the key.</returns>
    public async Task<AssignedLanguage?> AssignLanguageAsync(
        string key, IReadOnlyCollection<EpisodeNumber> episodes, Language from, Language to, CancellationToken cancellationToken = default)
    {
        var assigned = await _languages.AssignAsync(key, episodes, from, to, cancellationToken);
        if (assigned is { Paths.Count: > 0 })
        {
            _logger.LogInformation("Took {Files} files of {Key} from {From} to {Language}", assigned.Paths.Count, key, from, to);
            _progress.Publish(new SeriesChanged(key, assigned.Folder));
        }

        return assigned;
    }

    /// <summary>Takes <see cref="AssignLanguageAsync"/> back.</summary>
    public async Task TakeLanguageBackAsync(AssignedLanguage assigned, CancellationToken cancellationToken = default)
    {
        await _languages.TakeBackAsync(assigned, cancellationToken);
        _progress.Publish(new SeriesChanged(assigned.Key, assigned.Folder));
    }

    /// <summary>Hides a series; <see cref="RestoreAsync"/> brings it back.</summary>
    /// <param name="files">Also moves its folder to the library's trash.</param>
    /// <returns>False when no series has the key.</returns>
    /// <exception cref="FaultException">The folder could not be moved; nothing was removed.</exception>
    public async Task<bool> DeleteAsync(string key, bool files = false, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
        if (series is null)
        {
            return false;
        }

        if (files)
        {
            await _folders.ToTrashAsync(database, series, cancellationToken);
        }

        database.Remove(series);
        await database.SaveChangesAsync(cancellationToken);
        _logger.LogInformation("Removed {Key}", key);
        _progress.Publish(new SeriesChanged(series.Key, series.Folder));
        return true;
    }

    /// <summary>Brings the newest removed series of that key back, and its folder from the trash.</summary>
    /// <returns>False when there is none, or a series has the key by now.</returns>
    /// <exception cref="FaultException">The folder could not be moved; nothing was restored.</exception>
    public async Task<bool> RestoreAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        if (await database.Series.AnyAsync(s => s.Key == key, cancellationToken)
            || await CatalogueStore.NewestRemovedAsync(database, key, cancellationToken) is not { } series)
        {
            return false;
        }

        await _folders.PutBackAsync(database, series, cancellationToken);
        series.DeletedAt = null;
        await database.SaveChangesAsync(cancellationToken);
        _progress.Publish(new SeriesChanged(series.Key, series.Folder));
        return true;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

using AniWorld.Data;
using AniWorld.Services.Downloads;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Takes series in as a person wishes: with a profile, some of the seasons, the files that are there already, and fetched or not.</summary>
public sealed class SeriesIntake
{
    private readonly AnimeService _anime;
    private readonly DownloadService _downloads;
    private readonly LibraryWalk _walk;
    private readonly LibraryAccess _library;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;

    internal SeriesIntake(
        AnimeService anime, DownloadService downloads, LibraryWalk walk, LibraryAccess library, IDbContextFactory<AniWorldDbContext> databases)
    {
        _anime = anime;
        _downloads = downloads;
        _walk = walk;
        _library = library;
        _databases = databases;
    }

    /// <summary>Adds a series. What lies in its folder is read first, so that nothing is fetched a second time.</summary>
    /// <exception cref="FaultException">The library is not there; nothing was added.</exception>
    public async Task<IntakeResult> AddAsync(PreviewResult.Found found, IntakeWishes wishes, CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        var outcome = await _anime.AddAsync(found, folder: wishes.Folder, cancellationToken: cancellationToken);
        if (outcome is not AddResult.Added(var series))
        {
            return new IntakeResult(outcome, 0, null);
        }

        if (wishes.LanguageProfile is { } profile)
        {
            await _anime.ChangeAsync(series.Key, new SeriesChange(LanguageProfile: new(profile)), cancellationToken);
        }

        await IgnoreOthersAsync(found, wishes.Seasons, cancellationToken);
        var files = await ReadFolderAsync(series.Key, cancellationToken);
        var queued = wishes.Fetch ? await FetchAsync(series.Key, cancellationToken) : null;
        return new IntakeResult(outcome, files, queued);
    }

    /// <summary>Gives a folder that belongs to nobody to a series that is there, unless that one has files elsewhere.</summary>
    /// <returns>Why not; <see langword="null"/> when it is the series' now.</returns>
    internal async Task<Sentence?> AdoptAsync(string key, string folder, CancellationToken cancellationToken)
    {
        await using (var database = await _databases.CreateDbContextAsync(cancellationToken))
        {
            var series = await database.Series.SingleAsync(s => s.Key == key, cancellationToken);
            if (series.Folder != folder)
            {
                if (await database.EpisodeFiles.AnyAsync(f => f.Episode.SeriesId == series.Id, cancellationToken))
                {
                    return new Sentence("import_elsewhere", series.Name, series.Folder);
                }

                SeriesFolders.Assign(series, [], folder);
                await database.SaveChangesAsync(cancellationToken);
            }
        }

        await ReadFolderAsync(key, cancellationToken);
        return null;
    }

    /// <returns>How many videos are in it.</returns>
    private async Task<int> ReadFolderAsync(string key, CancellationToken cancellationToken)
    {
        var read = await _walk.RunAsync(key, await OpenAsync(cancellationToken), cancellationToken);
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.Where(s => s.Key == key).Select(s => new { s.Id, s.Folder }).SingleAsync(cancellationToken);
        await database.LibraryFolders.Where(f => f.Path == series.Folder)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.SeriesId, series.Id), cancellationToken);
        return read.Files;
    }

    private async Task<LibraryRoot> OpenAsync(CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return _library.Open(await database.EpisodeFiles.AnyAsync(cancellationToken));
    }

    private async Task IgnoreOthersAsync(PreviewResult.Found found, IReadOnlySet<int>? seasons, CancellationToken cancellationToken)
    {
        if (seasons is null)
        {
            return;
        }

        List<EpisodeNumber> others = [.. found.Series.Episodes.Where(e => !seasons.Contains(e.Season)).Select(e => new EpisodeNumber(e.Season, e.Number)).Distinct()];
        if (others.Count > 0)
        {
            await _anime.SetEpisodesAsync(found.Series.Key, others, ignored: true, wanted: null, cancellationToken);
        }
    }

    private async Task<EnqueueResult?> FetchAsync(string key, CancellationToken cancellationToken)
    {
        var detail = await _anime.FindAsync(key, cancellationToken);
        List<EpisodeNumber> missing = [.. detail!.Episodes.Where(e => e.IsMissing).Select(e => new EpisodeNumber(e.Season, e.Number))];
        return missing.Count == 0 ? null : await _downloads.EnqueueAsync(new EnqueueRequest(key, missing), cancellationToken);
    }
}

/// <summary>How a series is to be taken in.</summary>
/// <param name="LanguageProfile"><see langword="null"/> for the usual one.</param>
/// <param name="Seasons">Those that are wanted, season 0 being films and specials; the others are ignored. <see langword="null"/> for all.</param>
/// <param name="Fetch">Queues at once what is missing.</param>
/// <param name="Folder"><see langword="null"/> for the one that the preview names.</param>
public sealed record IntakeWishes(string? LanguageProfile = null, IReadOnlySet<int>? Seasons = null, bool Fetch = false, string? Folder = null);

/// <param name="Files">Videos that were in its folder already.</param>
/// <param name="Queued"><see langword="null"/> when nothing was asked for, or nothing was missing.</param>
public sealed record IntakeResult(AddResult Outcome, int Files, EnqueueResult? Queued);

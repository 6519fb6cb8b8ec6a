using AniWorld.Data;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Takes series into the database that only their folders know of: their sidecars say what they are.</summary>
internal sealed class SidecarRestore(IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
{
    /// <summary>Adds the series of these folders, with the episodes that are on disk. The catalogue adds the others when it is read next.</summary>
    /// <param name="folders">Each with a sidecar, of different series that the database does not have.</param>
    public async Task RunAsync(IReadOnlyList<ScannedFolder> folders, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await using var series = new RowInserter<AnimeSeries>(database, now);
        await using var episodes = new RowInserter<Episode>(database, now);
        await using var files = new RowInserter<EpisodeFile>(database, now);
        foreach (var folder in folders)
        {
            var seriesId = await series.InsertAsync(SeriesOf(folder, folder.Sidecar!, now), cancellationToken);
            foreach (var (number, held) in FilesByEpisode(folder))
            {
                var episodeId = await episodes.InsertAsync(
                    new Episode { SeriesId = seriesId, Season = number.Season, Number = number.Episode }, cancellationToken);
                foreach (var file in held)
                {
                    file.EpisodeId = episodeId;
                    await files.InsertAsync(file, cancellationToken);
                }
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static AnimeSeries SeriesOf(ScannedFolder folder, SeriesSidecar sidecar, DateTimeOffset now) => new()
    {
        Key = sidecar.Key,
        Name = sidecar.Name,
        Site = new Uri(sidecar.Link).Host,
        Folder = folder.Path,
        Link = sidecar.Link,
        Provider = sidecar.Provider,
        Year = sidecar.Year,
        ScannedAt = now,
    };

    private static SortedDictionary<EpisodeNumber, List<EpisodeFile>> FilesByEpisode(ScannedFolder folder)
    {
        var known = new Dictionary<string, SidecarFile>();
        foreach (var file in folder.Sidecar!.Files)
        {
            known.TryAdd(file.Path, file);
        }

        var byEpisode = new SortedDictionary<EpisodeNumber, List<EpisodeFile>>(ByNumber);
        foreach (var file in folder.Files)
        {
            var (numbers, row) = known.TryGetValue(file.PathInFolder, out var said) ? AsSaid(file, said) : AsNamed(file);
            foreach (var number in numbers)
            {
                if (!byEpisode.TryGetValue(number, out var held))
                {
                    byEpisode.Add(number, held = []);
                }

                held.Add(row());
            }
        }

        return byEpisode;
    }

    private static Comparer<EpisodeNumber> ByNumber { get; } =
        Comparer<EpisodeNumber>.Create((a, b) => (a.Season, a.Episode).CompareTo((b.Season, b.Episode)));

    private static (IEnumerable<EpisodeNumber> Numbers, Func<EpisodeFile> Row) AsSaid(ScannedFile file, SidecarFile said)
    {
        // A file that was replaced meanwhile is still that episode, but no longer has those bytes.
        var hash = said.SizeBytes == file.Size ? said.Hash : null;
        return (said.Episodes.Distinct().Select(number => new EpisodeNumber(said.Season, number)), () => Row(file, Language.Parse(said.Language), hash));
    }

    /// <summary>As long as no catalogue tells how many episodes a season has, a bare number counts from the first one.</summary>
    private static (IEnumerable<EpisodeNumber> Numbers, Func<EpisodeFile> Row) AsNamed(ScannedFile file) => file.Name is { } name
        ? (name.Numbers.Select(number => new EpisodeNumber(name.Season ?? 1, number)), () => Row(file, name.Language, null))
        : ([], () => throw new InvalidOperationException("A file without a number is no episode."));

    private static EpisodeFile Row(ScannedFile file, Language language, string? hash) => new()
    {
        Language = language,
        Path = file.RelativePath,
        Size = file.Size,
        ModifiedAt = file.ModifiedAt,
        Hash = hash,
        Verified = hash is not null,
    };
}

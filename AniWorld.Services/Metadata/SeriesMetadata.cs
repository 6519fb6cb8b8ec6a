using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Metadata;

/// <summary>What lies beside a series' videos: the sidecar, NFO files and pictures. Nothing of it is written into a folder without videos.</summary>
internal sealed class SeriesMetadata(
    Artwork artwork, FileHashes hashes, LibraryAccess library, IDbContextFactory<AniWorldDbContext> databases, IOptionsMonitor<AniWorldOptions> options)
{
    /// <summary>Brings all of it in line with what the database knows.</summary>
    /// <exception cref="FaultException">The library is not there or cannot be written to.</exception>
    public async Task WriteAsync(string key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series
            .Include(s => s.Episodes.Where(e => e.Files.Count > 0)).ThenInclude(e => e.Files)
            .AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
        if (series is not { Episodes.Count: > 0 })
        {
            return;
        }

        var root = library.Open(databaseKnowsFiles: true);
        var folder = root.SeriesFolder(series.Folder);
        var files = FilesOf(series, root);
        if (files.Count == 0 || SeriesSidecar.Read(folder) is { } other && other.Key != key)
        {
            // Nothing of it is there, or two series share the folder: the one that was first keeps it.
            return;
        }

        await hashes.FillAsync(files, root, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        try
        {
            Sidecar(series, files).Write(folder);
            if (options.CurrentValue.Metadata.Nfo)
            {
                WriteNfo(series, files, root, folder);
            }

            if (options.CurrentValue.Metadata.Artwork)
            {
                await artwork.WriteAsync(series, folder, cancellationToken);
            }
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, folder);
        }
    }

    /// <summary>Each file of the series that is there, with all of its rows.</summary>
    private static List<IGrouping<string, EpisodeFile>> FilesOf(AnimeSeries series, LibraryRoot root) =>
    [
        .. series.Episodes.SelectMany(e => e.Files)
            .Where(f => f.Path.StartsWith(series.Folder + "/", StringComparison.Ordinal))
            .GroupBy(f => f.Path)
            .Where(f => File.Exists(Path.Join(root.Path, f.Key)))
            .OrderBy(f => f.Key, StringComparer.Ordinal),
    ];

    private static SeriesSidecar Sidecar(AnimeSeries series, List<IGrouping<string, EpisodeFile>> files) => SeriesSidecar.Of(series) with
    {
        Files =
        [
            .. files.Select(rows => new SidecarFile
            {
                Path = rows.Key[(series.Folder.Length + 1)..],
                Season = rows.First().Episode.Season,
                Episodes = [.. rows.Where(r => r.Episode.Season == rows.First().Episode.Season).Select(r => r.Episode.Number).Order()],
                Language = rows.First().Language.Code,
                SizeBytes = rows.First().Size,
                Hash = rows.First().Hash,
            }),
        ],
    };

    private void WriteNfo(AnimeSeries series, List<IGrouping<string, EpisodeFile>> files, LibraryRoot root, string folder)
    {
        NfoFile.Write(Path.Join(folder, "tvshow.nfo"), NfoText.Of(series));
        foreach (var rows in files)
        {
            NfoFile.Write(
                root.Resolve(Path.ChangeExtension(rows.Key, ".nfo")),
                NfoText.Of(series, rows.Select(r => r.Episode), options.CurrentValue.Naming.TitleLanguage));
        }
    }
}

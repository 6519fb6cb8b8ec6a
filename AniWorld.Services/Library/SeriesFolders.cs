using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>The folder that each series has below the library root: chosen, renamed, put away.</summary>
internal sealed class SeriesFolders(LibraryAccess library, TimeProvider time)
{
    private const string Trashed = "series.trashed";
    private const string Place = "in_trash";

    public string NameFor(string name, int? year, string key) => library.Naming.FolderName(name, year, key);

    /// <summary>The folder that a new series gets: one that is there and is plainly its own, else a new name that no other has.</summary>
    public async Task<string> ChooseAsync(AniWorldDbContext database, CatalogueSeries series, CancellationToken cancellationToken)
    {
        var taken = await database.Series.Select(s => s.Folder).ToListAsync(cancellationToken);
        var unclaimed = await database.LibraryFolders.Where(f => f.SeriesId == null).Select(f => f.Path).ToListAsync(cancellationToken);
        return TitleMatch.BestFolder(series.Name, series.Year, unclaimed.Except(taken))
            ?? library.Naming.FolderName(series.Name, series.Year, series.Key, taken);
    }

    /// <summary>Renames a series' folder on disk and in the paths of its files; saved by the caller.</summary>
    /// <returns>Why not; <see langword="null"/> when done.</returns>
    public async Task<string?> RenameAsync(
        AniWorldDbContext database, AnimeSeries series, string folder, CancellationToken cancellationToken)
    {
        if (SafeFileName.Problem(folder) is { } problem)
        {
            return problem;
        }

        if (await database.Series.AnyAsync(s => s.Id != series.Id && s.Folder == folder, cancellationToken))
        {
            return new Sentence("fault_folder_of_other", folder).ToString();
        }

        var files = await database.EpisodeFiles.Where(f => f.Episode.SeriesId == series.Id).ToListAsync(cancellationToken);
        try
        {
            var root = library.Open(databaseKnowsFiles: files.Count > 0);
            var (from, to) = (root.SeriesFolder(series.Folder), root.SeriesFolder(folder));
            if (Directory.Exists(to) && !SameFolder(from, to))
            {
                return new Sentence("fault_folder_taken", folder).ToString();
            }

            if (Directory.Exists(from))
            {
                Directory.Move(from, to);
            }
        }
        catch (FaultException fault)
        {
            return fault.Message;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return DiskFault.From(e, folder).Message;
        }

        Assign(series, files, folder);
        return null;
    }

    /// <summary>Moves a series' folder to the trash; saved by the caller.</summary>
    public async Task ToTrashAsync(AniWorldDbContext database, AnimeSeries series, CancellationToken cancellationToken)
    {
        var root = library.Open(await KnowsFilesAsync(database, series, cancellationToken));
        if (await Task.Run(() => root.ToTrash(series.Folder, time.GetUtcNow()), cancellationToken) is { } place)
        {
            database.Add(HistoryEvent.OfSeries(Trashed, series.Key, ("folder", series.Folder), (Place, place)));
        }
    }

    /// <summary>Brings a removed series' folder back from the trash if it is there, and forgets the files that are not; saved by the caller.</summary>
    public async Task PutBackAsync(AniWorldDbContext database, AnimeSeries series, CancellationToken cancellationToken)
    {
        var root = library.Open(await KnowsFilesAsync(database, series, cancellationToken));
        var removal = await database.History
            .Where(e => e.Kind == Trashed && e.SeriesKey == series.Key)
            .OrderByDescending(e => e.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (removal?.Details.GetValueOrDefault(Place) is { } place && Directory.Exists(Path.Join(root.Path, place))
            && !Path.Exists(root.SeriesFolder(series.Folder)))
        {
            await Task.Run(() => root.PutBack(new TrashMove(series.Folder, place)), cancellationToken);
        }

        var files = await FilesOf(database, series).ToListAsync(cancellationToken);
        database.RemoveRange(files.Where(f => !File.Exists(Path.Join(root.Path, f.Path))));
    }

    /// <summary>Gives a series another folder, and its files the paths that follow from it. Moves nothing on disk.</summary>
    public static void Assign(AnimeSeries series, IEnumerable<EpisodeFile> files, string folder)
    {
        foreach (var file in files.Where(f => f.Path.StartsWith(series.Folder + "/", StringComparison.Ordinal)))
        {
            file.Path = folder + file.Path[series.Folder.Length..];
        }

        series.Folder = folder;
    }

    // Also while the series is removed, and with it its episodes.
    private static IQueryable<EpisodeFile> FilesOf(AniWorldDbContext database, AnimeSeries series) =>
        database.EpisodeFiles.IgnoreQueryFilters().Where(f => f.Episode.SeriesId == series.Id);

    private static Task<bool> KnowsFilesAsync(AniWorldDbContext database, AnimeSeries series, CancellationToken cancellationToken) =>
        FilesOf(database, series).AnyAsync(cancellationToken);

    private static bool SameFolder(string first, string second) => first.Equals(second, StringComparison.OrdinalIgnoreCase);
}

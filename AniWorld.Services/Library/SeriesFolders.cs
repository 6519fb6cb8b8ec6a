using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>The folder that each series has below the library root: chosen, renamed, put away.</summary>
internal sealed class SeriesFolders(LibraryAccess library, TimeProvider time)
{
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
            return $"The folder '{folder}' belongs to another series; choose another name.";
        }

        var files = await database.EpisodeFiles.Where(f => f.Episode.SeriesId == series.Id).ToListAsync(cancellationToken);
        try
        {
            var root = library.Open(databaseKnowsFiles: files.Count > 0);
            var (from, to) = (root.SeriesFolder(series.Folder), root.SeriesFolder(folder));
            if (Directory.Exists(to) && !SameFolder(from, to))
            {
                return $"There is a folder '{folder}' already; choose another name.";
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

    /// <summary>Moves a series' folder to the trash and forgets its files; saved by the caller.</summary>
    public async Task ToTrashAsync(AniWorldDbContext database, AnimeSeries series, CancellationToken cancellationToken)
    {
        var files = await database.EpisodeFiles.Where(f => f.Episode.SeriesId == series.Id).ToListAsync(cancellationToken);
        var root = library.Open(databaseKnowsFiles: files.Count > 0);
        await Task.Run(() => root.ToTrash(series.Folder, time.GetUtcNow()), cancellationToken);
        database.RemoveRange(files);
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

    private static bool SameFolder(string first, string second) => first.Equals(second, StringComparison.OrdinalIgnoreCase);
}

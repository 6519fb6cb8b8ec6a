using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Carries a bulk rename out: all of it, or, when the disk refuses one of the names, nothing.</summary>
internal sealed class FileRenames(IDbContextFactory<AniWorldDbContext> databases)
{
    /// <exception cref="FaultException">A file could not be renamed; those before it have their old names again.</exception>
    public async Task RunAsync(RenameJournal journal, AnimeSeries series, LibraryRoot root)
    {
        var file = journal.Create(root);
        var done = new List<RenameMove>();
        try
        {
            foreach (var move in journal.Moves)
            {
                Move(move, series, root);
                done.Add(move);
            }
        }
        catch
        {
            foreach (var move in Enumerable.Reverse(done))
            {
                Move(new RenameMove(move.To, move.From), series, root);
            }

            File.Delete(file);
            throw;
        }

        await EndAsync(file, journal, series, root);
    }

    /// <summary>Brings one to its end that a crash cut short.</summary>
    /// <exception cref="FaultException">A file could not be renamed; the next start tries again.</exception>
    public async Task FinishAsync(string file, RenameJournal journal, AnimeSeries series, LibraryRoot root)
    {
        var folder = root.SeriesFolder(series.Folder);
        foreach (var move in journal.Moves)
        {
            // Each new name was free when its turn came: where something has it now, that is the file.
            if (File.Exists(Path.Join(folder, move.From)) && !Path.Exists(Path.Join(folder, move.To)))
            {
                Move(move, series, root);
            }
        }

        await EndAsync(file, journal, series, root);
    }

    private static void Move(RenameMove move, AnimeSeries series, LibraryRoot root)
    {
        var from = root.ResolveItself($"{series.Folder}/{move.From}");
        var to = root.WriteTarget($"{series.Folder}/{move.To}");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            NewName.Give(from, to);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw Path.Exists(to)
                ? new FaultException(FaultCode.NameConflict, new Sentence("fault_rename_taken", to), e)
                : DiskFault.From(e, to);
        }
    }

    /// <summary>The names are on the disk for good before the database and the journal say so.</summary>
    private async Task EndAsync(string file, RenameJournal journal, AnimeSeries series, LibraryRoot root)
    {
        var folder = root.SeriesFolder(series.Folder);
        foreach (var changed in FoldersOf(journal.Moves.SelectMany(move => new[] { move.From, move.To }), folder).Where(Directory.Exists))
        {
            Durable.FlushFolder(changed);
        }

        await StoreAsync(journal, series);
        (journal with { Done = true }).Write(file);
        RemoveEmptied(FoldersOf(journal.Moves.Select(move => move.From), folder).Where(left => left != folder));
    }

    private static IEnumerable<string> FoldersOf(IEnumerable<string> paths, string folder) =>
        paths.Select(path => Path.GetDirectoryName(Path.Join(folder, path))!).Distinct();

    private async Task StoreAsync(RenameJournal journal, AnimeSeries series)
    {
        await using var database = await databases.CreateDbContextAsync();
        var rows = await database.EpisodeFiles.Where(f => f.Episode.SeriesId == series.Id).ToListAsync();
        var names = journal.Moves.ToDictionary(move => $"{series.Folder}/{move.From}", move => $"{series.Folder}/{move.To}");
        foreach (var row in rows.Where(row => names.ContainsKey(row.Path)))
        {
            row.Path = names[row.Path];
        }

        database.Add(HistoryEvent.OfSeries(journal.IsUndo ? "files.rename_undone" : "files.renamed", series.Key, ("count", $"{journal.Moves.Count}")));
        await database.SaveChangesAsync();
    }

    /// <summary>A season's folder that has another name now is not left behind empty.</summary>
    private static void RemoveEmptied(IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (DiskFault.Is(e))
            {
                // There is something else in it, or it is gone.
            }
        }
    }
}

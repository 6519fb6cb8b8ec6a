using AniWorld.Data;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Brings what the database knows of the disk up to date, folder by folder, and keeps no more than a few folders in memory.</summary>
internal sealed class LibraryWalk(
    SeriesApp app, ScanStore store, SidecarRestore restore, ProgressService progress, IDbContextFactory<AniWorldDbContext> databases)
{
    private const int FoldersAtOnce = 128;

    /// <param name="Files">Of all series.</param>
    /// <param name="Changed">Keys of the series whose folders are no longer as they were.</param>
    /// <param name="Warnings">A sentence for each folder that could not be read.</param>
    public sealed record Outcome(int Files, IReadOnlyCollection<string> Changed, IReadOnlyList<Sentence> Warnings);

    /// <summary>The whole library.</summary>
    /// <exception cref="FaultException">The library's disk went away; what was not seen is then not missing.</exception>
    public async Task<Outcome> RunAsync(Guid scanId, LibraryRoot root, CancellationToken cancellationToken)
    {
        var folders = await OwnersAsync(cancellationToken);
        var found = new List<FoundFolder>();
        var warnings = new List<Sentence>();
        var batch = new List<ScannedFolder>(FoldersAtOnce);
        await foreach (var folder in app.WalkAsync(root, scanId, folders.IsOwned, cancellationToken))
        {
            warnings.AddRange(folder.Warnings);
            if (folder is { Path.Length: > 0, Files.Count: > 0 })
            {
                found.Add(new FoundFolder(folder.Path, folder.Files.Count, folder.Size, folder.Guess));
            }

            batch.Add(folder);
            if (batch.Count == FoldersAtOnce)
            {
                await TakeAsync(batch, folders, root, cancellationToken);
                batch.Clear();
            }
        }

        await TakeAsync(batch, folders, root, cancellationToken);
        await FindLostAsync(folders, root, cancellationToken);
        await store.ScannedAsync([.. folders.Series.Select(s => s.Id)], cancellationToken);
        await store.KeepFoldersAsync(found, cancellationToken);
        return new Outcome(folders.Files, folders.Changed, warnings);
    }

    /// <summary>Some series' folders.</summary>
    /// <exception cref="FaultException">The library's disk went away.</exception>
    public async Task<Outcome> RunAsync(Guid scanId, IReadOnlyList<string> keys, LibraryRoot root, CancellationToken cancellationToken)
    {
        var (files, warnings) = (0, new List<Sentence>());
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys.Count > 1)
            {
                progress.Publish(new ScanProgressed(scanId, i, keys.Count, keys[i], null, $"Reading folder {i + 1} of {keys.Count}"));
            }

            var outcome = await RunAsync(keys[i], root, cancellationToken);
            files += outcome.Files;
            warnings.AddRange(outcome.Warnings);
        }

        return new Outcome(files, keys, warnings);
    }

    public async Task<Outcome> RunAsync(string key, LibraryRoot root, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Series.AsNoTracking().SingleOrDefaultAsync(s => s.Key == key, cancellationToken) is not { } series)
        {
            return new Outcome(0, [], []);
        }

        var folder = await app.WalkFolderAsync(root, series.Folder, cancellationToken);
        await store.ApplyAsync(series.Id, folder, root, cancellationToken);
        await store.ScannedAsync([series.Id], cancellationToken);
        progress.Publish(new SeriesChanged(series.Key, series.Folder));
        return new Outcome(folder?.Files.Count ?? 0, [key], folder?.Warnings ?? []);
    }

    private async Task TakeAsync(List<ScannedFolder> batch, FolderOwners folders, LibraryRoot root, CancellationToken cancellationToken)
    {
        root.EnsureMounted();
        List<(OwningSeries Owner, ScannedFolder Folder)> owned = [];
        List<ScannedFolder> unknown = [];
        foreach (var folder in batch)
        {
            if (folders.OwnerOf(folder) is { } owner)
            {
                owned.Add((owner, folder));
            }
            else if (folders.TryAdopt(folder))
            {
                unknown.Add(folder);
            }
        }

        await ApplyAsync(owned, folders, root, cancellationToken);
        if (unknown.Count > 0)
        {
            await restore.RunAsync(unknown, cancellationToken);
            folders.Files += unknown.Sum(folder => folder.Files.Count);
            unknown.ForEach(folder => Changed(folders, folder.Sidecar!.Key, folder.Path));
        }
    }

    private async Task ApplyAsync(
        List<(OwningSeries Owner, ScannedFolder Folder)> owned, FolderOwners folders, LibraryRoot root, CancellationToken cancellationToken)
    {
        if (owned.Count == 0)
        {
            return;
        }

        var known = await store.KnownAsync([.. owned.Select(o => o.Owner.Id)], cancellationToken);
        foreach (var (owner, folder) in owned)
        {
            folders.Files += folder.Files.Count;
            if (!KnownFile.AreAll(known[owner.Id], folder, owner.Name) && await store.ApplyAsync(owner.Id, folder, root, cancellationToken))
            {
                Changed(folders, owner.Key, folder.Path);
            }
        }
    }

    /// <summary>Series whose folder is not there under its name: some other folder may be it, by its sidecar.</summary>
    private async Task FindLostAsync(FolderOwners folders, LibraryRoot root, CancellationToken cancellationToken)
    {
        root.EnsureMounted();
        var lost = folders.Lost.ToList();
        var known = await store.KnownAsync([.. lost.Select(l => l.Series.Id)], cancellationToken);
        foreach (var (series, folder) in lost.Where(l => l.Folder is not null || known[l.Series.Id].Any()))
        {
            if (folder is not null)
            {
                await store.MoveAsync(series.Id, folder.Path, cancellationToken);
                folders.Files += folder.Files.Count;
            }

            await store.ApplyAsync(series.Id, folder, root, cancellationToken);
            Changed(folders, series.Key, folder?.Path ?? series.Folder);
        }
    }

    private void Changed(FolderOwners folders, string key, string folder)
    {
        folders.Changed.Add(key);
        progress.Publish(new SeriesChanged(key, folder));
    }

    private async Task<FolderOwners> OwnersAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return new FolderOwners(
            await database.Series.Select(s => new OwningSeries(s.Id, s.Key, s.Name, s.Folder)).ToListAsync(cancellationToken),
            await database.Series.IgnoreQueryFilters().Where(s => s.DeletedAt != null).Select(s => s.Key).ToListAsync(cancellationToken));
    }
}

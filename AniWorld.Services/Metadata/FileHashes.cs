using AniWorld.Data.Library;
using AniWorld.Services.Disk;
using AniWorld.Services.Library;

namespace AniWorld.Services.Metadata;

/// <summary>Hashes of files that AniWorld fetched and checked itself, for their sidecar. Those of others wait for the integrity check.</summary>
internal sealed class FileHashes
{
    /// <param name="files">Each with all of its rows; saved by the caller.</param>
    public async Task FillAsync(IEnumerable<IGrouping<string, EpisodeFile>> files, LibraryRoot root, CancellationToken cancellationToken)
    {
        foreach (var rows in files.Where(rows => rows.All(row => row is { Verified: true, Hash: null })))
        {
            try
            {
                var hash = await FileCheck.HashAsync(Path.Join(root.Path, rows.Key), cancellationToken);
                rows.ToList().ForEach(row => row.Hash = hash);
            }
            catch (Exception e) when (DiskFault.Is(e))
            {
                // What cannot be read is for the integrity check to tell.
            }
        }
    }
}

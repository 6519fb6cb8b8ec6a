using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>A file of a series as the database has it.</summary>
internal sealed record KnownFile(string Path, long Size, DateTimeOffset ModifiedAt)
{
    public static KnownFile Of(EpisodeFile file) => new(file.Path, file.Size, file.ModifiedAt);

    /// <summary>Whether the file on disk is still that one. Not all file systems keep fractions of a second.</summary>
    public bool IsSame(ScannedFile file) =>
        Size == file.Size && ModifiedAt.ToUnixTimeSeconds() == file.ModifiedAt.ToUnixTimeSeconds();

    /// <summary>Whether a folder holds these files as they were, and beside them none that could be an episode.</summary>
    /// <param name="files">A double episode's file comes once for each of its episodes.</param>
    /// <param name="seriesName">To read the names of files by that are not known.</param>
    public static bool AreAll(IEnumerable<KnownFile> files, ScannedFolder folder, string seriesName)
    {
        var known = new Dictionary<string, KnownFile>();
        foreach (var file in files)
        {
            known.TryAdd(file.Path, file);
        }

        var seen = 0;
        foreach (var file in folder.Files)
        {
            if (known.TryGetValue(file.RelativePath, out var row))
            {
                seen++;
                if (!row.IsSame(file))
                {
                    return false;
                }
            }
            else if (EpisodeFileName.Parse(file.PathInFolder, seriesName) is { Kind: not EpisodeFileKind.Extra })
            {
                return false;
            }
        }

        return seen == known.Count;
    }
}

/// <summary>A folder in the library's root that has videos.</summary>
/// <param name="Files">How many.</param>
internal sealed record FoundFolder(string Path, int Files, long Size, FolderGuess Guess);

using System.IO.Enumeration;

namespace AniWorld.Services.Library;

/// <summary>A folder, a video or a sidecar as reading its folder shows it; nothing else is looked at, not even its size.</summary>
/// <param name="Path">Below the series' folder, with <c>/</c> between its parts.</param>
internal readonly record struct FoundEntry(string Path, string Name, bool IsFolder, bool IsLink, bool IsSidecar, long Size, DateTimeOffset ModifiedAt)
{
    private const int EntriesBetweenLooks = 256;

    // Links and folders without permission are our business, not the enumeration's.
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static List<FoundEntry> In(string folder, string relative, CancellationToken cancellationToken)
    {
        var entries = new List<FoundEntry>();
        var found = new FileSystemEnumerable<FoundEntry>(folder, (ref FileSystemEntry entry) => From(ref entry, relative), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory || IsVideo(entry.FileName) || IsSidecarName(entry.FileName, relative),
        };
        foreach (var entry in found)
        {
            if (entries.Count % EntriesBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            entries.Add(entry);
        }

        return entries;
    }

    private static FoundEntry From(ref FileSystemEntry entry, string relative)
    {
        var name = entry.FileName.ToString();
        var path = relative.Length == 0 ? name : $"{relative}/{name}";
        var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        return entry.IsDirectory
            ? new FoundEntry(path, name, true, isLink, false, 0, default)
            : new FoundEntry(path, name, false, isLink, name == SeriesSidecar.FileName, entry.Length, entry.LastWriteTimeUtc);
    }

    private static bool IsVideo(ReadOnlySpan<char> name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && name[0] != '.' && IsVideoExtension(name[(dot + 1)..]);
    }

    private static bool IsVideoExtension(ReadOnlySpan<char> extension)
    {
        foreach (var known in EpisodeFileName.VideoExtensions)
        {
            if (extension.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSidecarName(ReadOnlySpan<char> name, string relative) => relative.Length == 0 && name.SequenceEqual(SeriesSidecar.FileName);
}

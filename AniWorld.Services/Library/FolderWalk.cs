using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>Reads one folder of the library with all that is below it.</summary>
internal sealed class FolderWalk(LibraryRoot root, string folder, CancellationToken cancellationToken)
{
    private const int MostWarnings = 20;
    private const int Deepest = 16;

    // What NAS systems, recycle bins and file system checks leave behind.
    private static readonly HashSet<string> NotOurs = new(
        ["@eaDir", "#recycle", "#snapshot", "@Recycle", "@Recently-Snapshot", "$RECYCLE.BIN", "System Volume Information", "lost+found"],
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _linkedTo = [];
    private readonly List<FoundVideo> _videos = [];
    private readonly List<Sentence> _warnings = [];

    public IReadOnlyList<FoundVideo> Videos => _videos;

    public IReadOnlyList<Sentence> Warnings => _warnings;

    public bool Complete { get; private set; } = true;

    public bool HasSidecar { get; private set; }

    /// <summary>The folders in the root, and the videos that lie in it without a folder.</summary>
    /// <exception cref="FaultException">The root cannot be read.</exception>
    public static (IReadOnlyList<string> Folders, ScannedFolder? Loose, int Total) ReadTop(LibraryRoot root, CancellationToken cancellationToken)
    {
        root.EnsureMounted();
        var walk = new FolderWalk(root, "", cancellationToken);
        List<FoundEntry> entries;
        try
        {
            entries = FoundEntry.In(root.Path, "", cancellationToken);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, root.Path);
        }

        var folders = entries.Where(entry => entry.IsFolder && !IsSkipped(entry)).Select(entry => entry.Name).Order(StringComparer.Ordinal).ToList();
        foreach (var file in entries.Where(entry => !entry.IsFolder))
        {
            walk.AddFile(file);
        }

        if (walk.Videos.Count == 0 && walk.Complete)
        {
            return (folders, null, folders.Count);
        }

        var files = walk.Videos
            .Select(video => new ScannedFile(video.Path, video.Size, video.ModifiedAt))
            .OrderBy(file => file.RelativePath, StringComparer.Ordinal).ToList();
        return (folders, new ScannedFolder("", files, walk.Warnings, walk.Complete, new FolderGuess("", null), null), folders.Count + 1);
    }

    public void Run()
    {
        var path = Path.Join(root.Path, folder);
        if (RealPath.LinkTarget(path) is null || MayFollow(path, folder))
        {
            Read(path, "", 0);
        }
    }

    private static bool IsSkipped(FoundEntry entry) => entry.Name[0] == '.' || NotOurs.Contains(entry.Name);

    private void Read(string path, string relative, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (depth > Deepest)
        {
            Warn(new Sentence("walk_too_deep", $"{folder}/{relative}", Deepest));
            return;
        }

        List<FoundEntry> entries;
        try
        {
            entries = FoundEntry.In(path, relative, cancellationToken);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Warn(new Sentence("plain", DiskFault.From(e, Shown(relative))));
            return;
        }

        foreach (var entry in entries)
        {
            if (!entry.IsFolder)
            {
                AddFile(entry);
            }
            else if (!IsSkipped(entry) && (!entry.IsLink || MayFollow(Path.Join(path, entry.Name), Shown(entry.Path))))
            {
                Read(Path.Join(path, entry.Name), entry.Path, depth + 1);
            }
        }
    }

    private void AddFile(FoundEntry entry)
    {
        if (entry.IsSidecar)
        {
            HasSidecar = true;
            return;
        }

        if (entry.Name.Contains('\uFFFD'))
        {
            Warn(new Sentence("walk_not_utf8", Shown(entry.Path)));
            return;
        }

        if (!entry.IsLink)
        {
            _videos.Add(new FoundVideo(entry.Path, entry.Size, entry.ModifiedAt));
        }
        else if (root.FollowLinks)
        {
            AddLinked(entry);
        }
        else
        {
            Warn(new Sentence("walk_link", Shown(entry.Path)));
        }
    }

    private void AddLinked(FoundEntry entry)
    {
        try
        {
            if (File.ResolveLinkTarget(Path.Join(root.Path, folder, entry.Path), returnFinalTarget: true) is FileInfo { Exists: true } file)
            {
                _videos.Add(new FoundVideo(entry.Path, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)));
                return;
            }

            Warn(new Sentence("walk_dead_link", Shown(entry.Path)));
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Warn(new Sentence("plain", DiskFault.From(e, Shown(entry.Path))));
        }
    }

    /// <summary>A folder behind a link is read once, and never one that holds the link itself.</summary>
    private bool MayFollow(string path, string shown)
    {
        if (!root.FollowLinks)
        {
            Warn(new Sentence("walk_link", shown));
            return false;
        }

        try
        {
            var target = RealPath.Of(path);
            var holder = RealPath.Of(Path.GetDirectoryName(path)!);
            if (!RealPath.IsWithin(holder, target) && _linkedTo.Add(target))
            {
                return true;
            }
        }
        catch (IOException)
        {
            // A circle of links; it is the same to the user.
        }

        Warn(new Sentence("walk_link_again", shown));
        return false;
    }

    private string Shown(string relative) => $"{folder}/{relative}".Trim('/');

    private void Warn(Sentence warning)
    {
        Complete = false;
        if (_warnings.Count < MostWarnings)
        {
            _warnings.Add(warning);
        }
        else if (_warnings.Count == MostWarnings)
        {
            _warnings.Add(new Sentence("walk_more"));
        }
    }
}

/// <param name="Path">Below the folder, with <c>/</c> between its parts.</param>
internal sealed record FoundVideo(string Path, long Size, DateTimeOffset ModifiedAt);

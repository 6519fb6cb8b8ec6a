using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>The library's root folder, checked to be the right one. Every path into the library comes from here.</summary>
public sealed class LibraryRoot
{
    /// <summary>AniWorld's own folder in the root; also the sign that the library's disk is mounted.</summary>
    public const string OwnFolder = ".aniworld";

    private readonly string _real;
    private readonly SetAside _setAside;

    private LibraryRoot(string path, bool followLinks)
    {
        Path = path;
        FollowLinks = followLinks;
        _real = RealPath.Of(path);
        _setAside = new SetAside(this);
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Whether links that lead out of the library are read and written.</summary>
    public bool FollowLinks { get; }

    /// <summary>Why this cannot be the library folder; <see langword="null"/> when it can. Writes nothing.</summary>
    /// <remarks>A missing folder is fine when it can be created.</remarks>
    public static Sentence? Problem(string animeDirectory, DataFolder data) =>
        LibraryPlace.Forbidden(animeDirectory, data) ?? LibraryPlace.Unwritable(animeDirectory);

    /// <summary>Opens the library; a new one is created with <see cref="OwnFolder"/> in it.</summary>
    /// <param name="databaseKnowsFiles">
    /// The database has files in this library. Then a root that is gone, empty or without <see cref="OwnFolder"/> is a lost mount:
    /// nothing is created or written in its place.
    /// </param>
    /// <exception cref="FaultException"><see cref="FaultCode.TargetMissing"/>, or why the folder cannot be created.</exception>
    public static LibraryRoot Open(string animeDirectory, DataFolder data, bool followLinks, bool databaseKnowsFiles)
    {
        if (LibraryPlace.Forbidden(animeDirectory, data) is { } problem)
        {
            throw new FaultException(FaultCode.TargetMissing, problem);
        }

        var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(animeDirectory));
        if (databaseKnowsFiles)
        {
            EnsureMounted(path);
        }

        OwnFolders.Ensure(path);
        return new LibraryRoot(path, followLinks);
    }

    /// <summary>Looks again whether the library's disk is still there, before anything is concluded from files that are not.</summary>
    /// <exception cref="FaultException"><see cref="FaultCode.TargetMissing"/>.</exception>
    public void EnsureMounted() => EnsureMounted(Path);

    /// <summary>Absolute path of a series' folder, which need not exist.</summary>
    /// <exception cref="FaultException"><see cref="FaultCode.NameConflict"/>: no name of a folder, or a link out of the library.</exception>
    public string SeriesFolder(string folder) => folder.Contains('/')
        ? throw NotInLibrary(folder)
        : Resolve(folder);

    /// <summary>Absolute path of something in the library.</summary>
    /// <param name="relativePath">Below the root, with <c>/</c> between its parts; it need not exist.</param>
    /// <exception cref="FaultException"><see cref="FaultCode.NameConflict"/>: it leads, by dots or by a link, out of the library.</exception>
    public string Resolve(string relativePath) => EnsureNoWayOut(ResolveItself(relativePath));

    /// <summary>The same where a link is meant itself and not what it points to: only the way to it is checked.</summary>
    internal string ResolveItself(string relativePath)
    {
        var path = Path;
        foreach (var part in relativePath.Split('/'))
        {
            EnsureNoWayOut(path);
            if (!IsName(part) || (path == Path && part.Equals(OwnFolder, StringComparison.OrdinalIgnoreCase)))
            {
                throw NotInLibrary(relativePath);
            }

            path = System.IO.Path.Join(path, part);
        }

        return path;
    }

    /// <summary>The same for a file that is to be written: it may not be a link itself, wherever that leads.</summary>
    /// <exception cref="FaultException"><see cref="FaultCode.NameConflict"/>.</exception>
    public string WriteTarget(string relativePath)
    {
        var path = Resolve(relativePath);
        return RealPath.LinkTarget(path) is null
            ? path
            : throw new FaultException(FaultCode.NameConflict, new Sentence("fault_write_link", path));
    }

    /// <summary>Path below the root, with <c>/</c> between its parts.</summary>
    public string Relative(string absolutePath) =>
        System.IO.Path.GetRelativePath(Path, absolutePath).Replace(System.IO.Path.DirectorySeparatorChar, '/');

    /// <summary>Moves a file or folder to the trash, where it keeps its path below a folder named after the time.</summary>
    /// <returns>Where it is now, below the root; <see langword="null"/> when it was not there.</returns>
    /// <exception cref="FaultException">It could not be moved, and is still where it was.</exception>
    public string? ToTrash(string relativePath, DateTimeOffset now) => _setAside.Move(relativePath, OwnFolders.Trash, now);

    /// <summary>Moves what <see cref="ToTrash"/> moved back to where it was.</summary>
    /// <exception cref="FaultException">It is no longer there, or its old place is taken; nothing was moved.</exception>
    public void PutBack(TrashMove move) => _setAside.PutBack(move);

    /// <summary>Moves a file that failed its checks away, like <see cref="ToTrash"/>: kept for the user to look at.</summary>
    /// <exception cref="FaultException">It could not be moved, and is still where it was.</exception>
    public string? ToQuarantine(string relativePath, DateTimeOffset now) => _setAside.Move(relativePath, OwnFolders.Quarantine, now);

    /// <summary>Deletes for good what was moved to the trash before <paramref name="before"/>.</summary>
    /// <returns>How many entries are gone. One that cannot be deleted stays for the next time.</returns>
    public int EmptyTrash(DateTimeOffset before) => _setAside.Empty(OwnFolders.Trash, before);

    /// <summary>Deletes for good what came into the quarantine before <paramref name="before"/>: whole folders of ours, and files with our reason beside.</summary>
    /// <returns>How many entries are gone.</returns>
    public int EmptyQuarantine(DateTimeOffset before) => _setAside.Empty(OwnFolders.Quarantine, before)
        + Downloads.Engine.Quarantine.Empty(System.IO.Path.Join(Path, OwnFolder, OwnFolders.Quarantine), before);

    private static void EnsureMounted(string path)
    {
        if (!Directory.Exists(System.IO.Path.Join(path, OwnFolder)))
        {
            throw new FaultException(
                FaultCode.TargetMissing,
                Directory.Exists(path)
                    ? new Sentence("fault_library_unmounted", path, OwnFolder)
                    : new Sentence("fault_library_away", path));
        }
    }

    private string EnsureNoWayOut(string path) =>
        FollowLinks || path == Path || RealPath.LinkTarget(path) is null || RealPath.IsWithin(RealPath.Of(path), _real)
            ? path
            : throw new FaultException(
                FaultCode.NameConflict, new Sentence("fault_link_out", path));

    private static bool IsName(string part) =>
        part.Length > 0 && part is not ("." or "..") && !part.Contains('\0') && !part.Contains(System.IO.Path.DirectorySeparatorChar);

    private static FaultException NotInLibrary(string path) =>
        new(FaultCode.NameConflict, new Sentence("fault_not_in_library", SafeFileName.Clean(path)));
}

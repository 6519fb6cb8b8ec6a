using AniWorld.Services.Disk;

namespace AniWorld.Services.Library;

/// <summary>What AniWorld keeps for itself in the library's root, hidden from media servers by an <c>.ignore</c> file.</summary>
internal static class OwnFolders
{
    public const string Trash = "trash";
    public const string Quarantine = "quarantine";

    /// <summary>Creates what is not there. A library that is complete is only looked at, so that a read-only one can be scanned.</summary>
    /// <exception cref="Faults.FaultException">It cannot be created.</exception>
    public static void Ensure(string root)
    {
        var own = Path.Join(root, LibraryRoot.OwnFolder);
        if (RealPath.LinkTarget(own) is not null)
        {
            throw new Faults.FaultException(Faults.FaultCode.NameConflict, new Sentence("fault_own_folder_link", own));
        }

        try
        {
            EnsureFolder(own);
            EnsureFolder(Path.Join(own, Trash));
            EnsureFolder(Path.Join(own, Quarantine));
            EnsureFile(Path.Join(own, ".ignore"), "");
            EnsureFile(Path.Join(own, "marker"), "AniWorld knows by this folder that the library's disk is mounted. Please leave it here.\n");
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, own);
        }
    }

    private static void EnsureFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
        }
    }

    private static void EnsureFile(string path, string text)
    {
        if (Path.Exists(path) || RealPath.LinkTarget(path) is not null)
        {
            return;
        }

        try
        {
            using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            file.Write(text);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another download was faster.
        }
    }
}

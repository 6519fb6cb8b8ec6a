using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Backups;

/// <summary>
/// A backup's files, unpacked into a folder that goes when this is disposed of. <see cref="Publish"/> makes it a promise: should the
/// process end then, the next start puts them in force.
/// </summary>
internal sealed class UnpackedBackup : IDisposable
{
    private const string Ready = "ready";

    private readonly string _folder;

    private UnpackedBackup(string folder) => _folder = folder;

    /// <summary>Null when the configuration is none of the parts.</summary>
    public string? Config => File.Exists(PathOf(BackupPart.Config)) ? File.ReadAllText(PathOf(BackupPart.Config)) : null;

    /// <summary>Null when the database is none of the parts.</summary>
    public string? Database => File.Exists(PathOf(BackupPart.Database)) ? PathOf(BackupPart.Database) : null;

    /// <summary>Tells this restore from others, in <see cref="IDatabaseCopies.MarkAsync"/>.</summary>
    public int Mark { get; private init; } = RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <param name="folder">Replaced when it is there.</param>
    public static UnpackedBackup Create(string folder)
    {
        Remove(folder);
        OwnersFile.CreateFolder(folder);
        return new UnpackedBackup(folder);
    }

    /// <summary>One that an ended process had published; null when there is none.</summary>
    public static UnpackedBackup? Published(string folder) =>
        File.Exists(Path.Combine(folder, Ready))
            ? new(folder) { Mark = int.Parse(File.ReadAllText(Path.Combine(folder, Ready)), CultureInfo.InvariantCulture) }
            : null;

    public string PathOf(string part) => Path.Combine(_folder, part == BackupPart.Config ? BackupWriting.ConfigFile : SqliteCopies.File);

    /// <summary>From here on the restore comes to its end, in this process or the next.</summary>
    public void Publish()
    {
        foreach (var file in BackupPart.All.Select(PathOf).Where(File.Exists))
        {
            Durable.FlushFile(file);
        }

        AtomicFile.Write(Path.Combine(_folder, Ready), Encoding.ASCII.GetBytes(Mark.ToString(CultureInfo.InvariantCulture)));
        Durable.FlushFolder(Path.GetDirectoryName(_folder)!);
    }

    /// <summary>It is done, or not to be.</summary>
    public void Dispose() => Remove(_folder);

    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            // First of all the promise: what is left without it means nothing.
            File.Delete(Path.Combine(folder, Ready));
            Durable.FlushFolder(folder);
            Directory.Delete(folder, recursive: true);
        }
    }
}

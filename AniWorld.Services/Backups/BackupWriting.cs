using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Backups;

/// <summary>Packs a backup, so that a crash leaves all of it or nothing under its name.</summary>
internal static class BackupWriting
{
    public const string ConfigFile = "config.json";

    private static readonly string Version =
        typeof(BackupWriting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <param name="parts">Part → the file that becomes it, and its name there.</param>
    /// <exception cref="IOException">Nothing is there.</exception>
    public static void Write(
        string path, string reason, string? lastMigration, DateTimeOffset now, IReadOnlyDictionary<string, (string Path, string Name)> parts)
    {
        var unfinished = path + ".tmp";
        try
        {
            using (var file = OwnersFile.Create(unfinished))
            {
                Pack(file, reason, lastMigration, now, parts);
                file.Flush();
                Durable.FlushFile(file.SafeFileHandle, unfinished);
            }

            NewName.Give(unfinished, path);
        }
        finally
        {
            File.Delete(unfinished);
        }

        Durable.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The same into a stream.</summary>
    public static void Pack(
        Stream target, string reason, string? lastMigration, DateTimeOffset now, IReadOnlyDictionary<string, (string Path, string Name)> parts)
    {
        var manifest = new BackupManifest
        {
            Format = BackupManifest.ThisFormat,
            Version = Version,
            CreatedAt = now,
            Reason = reason,
            LastMigration = lastMigration,
            Parts = parts.ToDictionary(part => part.Key, part => Describe(part.Value.Path)),
        };
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, BackupManifest.FileName, now, new MemoryStream(manifest.ToJson()));
        foreach (var (path, name) in parts.Values)
        {
            Add(zip, name, now, File.OpenRead(path));
        }
    }

    private static void Add(ZipArchive zip, string name, DateTimeOffset now, Stream content)
    {
        using (content)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = now;
            using var packed = entry.Open();
            content.CopyTo(packed);
        }
    }

    private static BackupFile Describe(string path)
    {
        using var file = File.OpenRead(path);
        return new(file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Backups;

/// <summary>
/// A backup's zip, read as a stranger's: nothing but the files of a backup may be in it, what comes out is counted and compared with the
/// manifest, and no name from it ever becomes a path.
/// </summary>
internal sealed class BackupArchive : IDisposable
{
    /// <summary>The list of what is in it: some hundred bytes in a real one, and 50 MB with a million entries.</summary>
    private const long MaxDirectoryBytes = 256 << 10;

    /// <summary>A full database becomes a tenth or so; deflate can do a thousandth.</summary>
    private const long MaxRatio = 250;

    /// <summary>Below this the ratio says nothing.</summary>
    private const long SmallBytes = 64 << 20;

    private const int FileTypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly BackupManifest _manifest;

    private BackupArchive(FileStream file, ZipArchive zip, BackupManifest manifest) => (_file, _zip, _manifest) = (file, zip, manifest);

    /// <summary>What it holds, in the order of <see cref="BackupPart.All"/>.</summary>
    public IReadOnlyList<string> Parts => [.. BackupPart.All.Where(_manifest.Parts.ContainsKey)];

    /// <summary>How much comes out of it.</summary>
    public long SizeOf(string part) => _manifest.Parts[part].SizeBytes;

    /// <summary>What a part's file is called in it: of a database that says of which kind it is.</summary>
    public string FileNameOf(string part) => NamesOf(part).First(name => _zip.GetEntry(name) is not null);

    /// <exception cref="InvalidBackupException">It is no backup.</exception>
    public static BackupArchive Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        ZipArchive? zip = null;
        try
        {
            var counted = new CountedStream(file, MaxDirectoryBytes);
            zip = new ZipArchive(counted, ZipArchiveMode.Read);
            CheckEntries(zip);
            counted.Allow(long.MaxValue);
            using var manifest = zip.GetEntry(BackupManifest.FileName)!.Open();
            return new BackupArchive(file, zip, CheckParts(zip, BackupManifest.Read(manifest)));
        }
        catch (Exception e)
        {
            zip?.Dispose();
            file.Dispose();
            throw e is InvalidDataException ? new InvalidBackupException(new Sentence("backup_no_zip"), e) : e;
        }
    }

    /// <summary>Unpacks a part.</summary>
    /// <exception cref="InvalidBackupException">What comes out is not what the manifest says; some of it was written.</exception>
    public void CopyTo(string part, Stream target)
    {
        var expected = _manifest.Parts[part];
        try
        {
            using var hash = SHA256.Create();
            using (var packed = _zip.GetEntry(FileNameOf(part))!.Open())
            using (var hashed = new CryptoStream(target, hash, CryptoStreamMode.Write, leaveOpen: true))
            {
                new CountedStream(packed, expected.SizeBytes).CopyTo(hashed);
            }

            if (!Convert.ToHexStringLower(hash.Hash!).Equals(expected.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidBackupException(new Sentence("backup_checksum", FileNameOf(part)));
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidBackupException(new Sentence("backup_not_unpacked", FileNameOf(part)), e);
        }
    }

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    private static void CheckEntries(ZipArchive zip)
    {
        string[] known = [BackupManifest.FileName, .. BackupPart.All.SelectMany(NamesOf)];
        if (zip.Entries.FirstOrDefault(entry => !known.Contains(entry.FullName)) is { } foreign)
        {
            throw new InvalidBackupException(new Sentence("backup_foreign", Shown(foreign.FullName)));
        }

        if (zip.Entries.DistinctBy(entry => entry.FullName).Count() != zip.Entries.Count || zip.GetEntry(BackupManifest.FileName) is null)
        {
            throw new InvalidBackupException(new Sentence("backup_no_manifest"));
        }

        if (zip.Entries.Any(entry => entry.IsEncrypted || (entry.ExternalAttributes >> 16 & FileTypeMask) is not (0 or RegularFile)))
        {
            throw new InvalidBackupException(new Sentence("backup_odd_entry"));
        }

        if (zip.Entries.Any(entry => entry.Length > SmallBytes && entry.Length / MaxRatio > entry.CompressedLength))
        {
            throw new InvalidBackupException(new Sentence("backup_bomb"));
        }
    }

    private static BackupManifest CheckParts(ZipArchive zip, BackupManifest manifest)
    {
        if (manifest.Parts.TryGetValue(BackupPart.Config, out var config) && config.SizeBytes > ConfigFile.MaxBytes)
        {
            throw new InvalidBackupException(new Sentence("backup_config_large"));
        }

        return zip.Entries.Count == manifest.Parts.Count + 1
            && manifest.Parts.Keys.All(part => NamesOf(part).Count(name => zip.GetEntry(name) is not null) == 1)
            ? manifest
            : throw new InvalidBackupException(new Sentence("backup_manifest_differs"));
    }

    private static IReadOnlyList<string> NamesOf(string part) =>
        part == BackupPart.Config ? [BackupWriting.ConfigFile] : [SqliteCopies.File, PostgreSqlCopies.File];

    // A name that is shown to people, and came from anywhere.
    private static string Shown(string name)
    {
        const int Most = 60;
        var clean = new string([.. name.Take(Most).Select(c => char.IsControl(c) ? '?' : c)]);
        return name.Length > Most ? clean + "…" : clean;
    }
}

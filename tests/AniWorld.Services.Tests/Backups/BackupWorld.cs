using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Tests.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Backups;

/// <summary>A data folder with a migrated database, its backups, and zips of any kind.</summary>
internal sealed class BackupWorld : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public BackupWorld()
    {
        Chain = _folder.Open();
        var copies = new SqliteCopies(Data.Database, _folder.Time);
        Unpacking = new BackupUnpacking(Chain, copies);
        Backups = new BackupService(Data, _folder.Backups, Unpacking, copies, Chain, _folder.Time, NullLogger<BackupService>.Instance);
    }

    public DataFolder Data => _folder.Data;

    public ConfigFolder Folder => _folder;

    public ConfigChain Chain { get; }

    public BackupUnpacking Unpacking { get; }

    public BackupService Backups { get; }

    public AniWorldDbContext Database() => _folder.CreateDbContext();

    /// <summary>Writes a row that can be found again.</summary>
    public void Remember(string kind)
    {
        using var database = Database();
        database.Add(HistoryEvent.Of(kind));
        database.SaveChanges();
    }

    public IReadOnlyList<string> Remembered()
    {
        using var database = Database();
        return [.. database.History.OrderBy(happened => happened.Id).Select(happened => happened.Kind)];
    }

    /// <summary>A zip with a right manifest over whatever its parts are.</summary>
    /// <param name="spoil">Adds to it or changes it.</param>
    public byte[] Zip(string? config, byte[]? database, Action<ZipArchive>? spoil = null)
    {
        var parts = new Dictionary<string, byte[]>();
        if (config is not null)
        {
            parts["config"] = Encoding.UTF8.GetBytes(config);
        }

        if (database is not null)
        {
            parts["database"] = database;
        }

        return Zip(zip =>
        {
            Add(zip, "manifest.json", Manifest(parts));
            foreach (var (part, content) in parts)
            {
                Add(zip, part == "config" ? "config.json" : "aniworld.db", content);
            }

            spoil?.Invoke(zip);
        });
    }

    public static byte[] Zip(Action<ZipArchive> fill)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            fill(zip);
        }

        return stream.ToArray();
    }

    public static ZipArchiveEntry Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        using var stream = entry.Open();
        stream.Write(content);
        return entry;
    }

    public static byte[] Manifest(IReadOnlyDictionary<string, byte[]> parts) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        format = 1,
        version = "0.1.0",
        created_at = "2026-01-01T00:00:00Z",
        reason = "manual",
        last_migration = (string?)null,
        parts = parts.ToDictionary(part => part.Key, part => new
        {
            size_bytes = part.Value.Length,
            sha256 = Convert.ToHexStringLower(SHA256.HashData(part.Value)),
        }),
    });

    /// <summary>The present database as one file.</summary>
    public byte[] Snapshot(params string[] changes)
    {
        var path = Path.Combine(Data.Root, $"{Guid.NewGuid():N}.snapshot");
        SqliteSnapshot.Make(Data.Database, path);
        try
        {
            if (changes.Length > 0)
            {
                using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = string.Join(';', changes);
                command.ExecuteNonQuery();
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Every file below the data folder and its content, but for the database: SQLite moves its pages about as it likes.</summary>
    public IReadOnlyDictionary<string, string> Everything() => Directory.EnumerateFiles(Data.Root, "*", SearchOption.AllDirectories)
        .Where(file => !file.StartsWith(Data.Database, StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));

    public void Dispose()
    {
        Backups.Dispose();
        _folder.Dispose();
    }
}

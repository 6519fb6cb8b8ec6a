using System.Text.Json;

namespace AniWorld.Services.Backups;

/// <summary>What a backup says of itself, in its <c>manifest.json</c>.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";

    /// <summary>The form that is written, and the only one that is read.</summary>
    public const int ThisFormat = 1;

    private const int MaxBytes = 64 << 10;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public required int Format { get; init; }

    /// <summary>Of AniWorld.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Reason { get; init; }

    /// <summary>The newest migration of its database; null without one.</summary>
    public string? LastMigration { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, BackupFile> Parts { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InvalidBackupException">It is none, or of a form that is not known here.</exception>
    public static BackupManifest Read(Stream json)
    {
        try
        {
            using var text = new MemoryStream();
            new CountedStream(json, MaxBytes).CopyTo(text);
            text.Position = 0;
            var manifest = JsonSerializer.Deserialize<BackupManifest>(text, Json);
            return manifest is { Format: ThisFormat, Parts.Count: > 0 } && manifest.Parts.All(IsWellFormed)
                ? manifest
                : throw new InvalidBackupException(new Sentence("backup_manifest_form"));
        }
        catch (JsonException e)
        {
            throw new InvalidBackupException(new Sentence("backup_manifest"), e);
        }
    }

    private static bool IsWellFormed(KeyValuePair<string, BackupFile> part) =>
        BackupPart.All.Contains(part.Key) && part.Value is { SizeBytes: >= 0, Sha256.Length: 64 };
}

/// <summary>A file of a backup, by which what comes out of the archive is checked.</summary>
/// <param name="Sha256">In hex.</param>
internal sealed record BackupFile(long SizeBytes, string Sha256);

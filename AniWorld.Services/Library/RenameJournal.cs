using System.Globalization;
using System.Text.Json;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>A bulk rename as it is written down before it begins: so that it can be finished after a crash, and taken back later.</summary>
internal sealed record RenameJournal
{
    private const int Kept = 50;
    private const int MaxBytes = 8 << 20;
    private const string Folder = "renames";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Of the series.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>All of it was done, and the database knows.</summary>
    public bool Done { get; init; }

    /// <summary>It takes an earlier one back, and cannot be taken back itself.</summary>
    public bool IsUndo { get; init; }

    public required IReadOnlyList<RenameMove> Moves { get; init; }

    /// <summary>All that are there, the newest first; one that cannot be read is passed over.</summary>
    public static IReadOnlyList<(string File, RenameJournal Journal)> All(LibraryRoot root)
    {
        var folder = FolderIn(root);
        return !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory.EnumerateFiles(folder, "*.json")
                    .OrderDescending(StringComparer.Ordinal)
                    .Select(file => (file, Journal: Read(file)))
                    .Where(found => found.Journal is not null)
                    .Select(found => (found.file, found.Journal!)),
            ];
    }

    /// <summary>Writes it down under a new name; the oldest ones that are done give way.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="FaultException">It could not be written.</exception>
    public string Create(LibraryRoot root)
    {
        var time = At.ToUniversalTime().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var file = Path.Join(FolderIn(root), $"{time}-{Guid.NewGuid():N}.json");
        try
        {
            Directory.CreateDirectory(FolderIn(root));
            foreach (var (old, _) in All(root).Where(found => found.Journal.Done).Skip(Kept - 1))
            {
                File.Delete(old);
            }
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, file);
        }

        Write(file);
        return file;
    }

    /// <exception cref="FaultException">It could not be written; an older state of it is unharmed.</exception>
    public void Write(string file)
    {
        try
        {
            LibraryFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(this, Json));
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, file);
        }
    }

    private static RenameJournal? Read(string file)
    {
        try
        {
            var info = new FileInfo(file);
            return info.LinkTarget is null && info.Length <= MaxBytes
                ? JsonSerializer.Deserialize<RenameJournal>(File.ReadAllBytes(file), Json)
                : null;
        }
        catch (Exception e) when (DiskFault.Is(e) || e is JsonException)
        {
            return null;
        }
    }

    private static string FolderIn(LibraryRoot root) => Path.Join(root.Path, LibraryRoot.OwnFolder, Folder);
}

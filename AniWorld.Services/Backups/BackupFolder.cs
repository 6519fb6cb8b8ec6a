using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Backups;

/// <summary>What is kept in <c>data/backups</c>: <c>config-….json</c> before a change, <c>backup-….zip</c> for all other reasons.</summary>
internal sealed partial class BackupFolder(DataFolder data, TimeProvider time)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Backup> List() => !Directory.Exists(data.Backups) ? [] :
        [.. new DirectoryInfo(data.Backups).EnumerateFiles()
            .Select(Describe).OfType<Backup>()
            .OrderByDescending(backup => backup.CreatedAt)];

    /// <summary>Names come from requests: only one that is listed is ever opened.</summary>
    public Backup? Find(string name) => List().FirstOrDefault(backup => backup.Name == name);

    public string PathOf(Backup backup) => Path.Combine(data.Backups, backup.Name);

    /// <summary>Whether it is a <c>config.json</c> as it was, and no archive.</summary>
    public static bool IsPlain(Backup backup) => backup.Name.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>The text of its <c>config.json</c>.</summary>
    /// <exception cref="InvalidBackupException">It has none that can be read.</exception>
    public string ReadConfig(Backup backup)
    {
        if (IsPlain(backup))
        {
            return File.ReadAllText(PathOf(backup));
        }

        using var archive = BackupArchive.Open(PathOf(backup));
        using var text = new MemoryStream();
        archive.CopyTo(BackupPart.Config, text);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>The text of the newest <c>config.json</c>; null when there is none.</summary>
    public string? NewestConfig() => List().FirstOrDefault(backup => backup.Has(BackupPart.Config)) is { } newest ? TryReadConfig(newest) : null;

    /// <summary>The same as <see cref="ReadConfig"/>, null in place of an exception.</summary>
    public string? TryReadConfig(Backup backup)
    {
        try
        {
            return ReadConfig(backup);
        }
        catch (Exception e) when (e is InvalidBackupException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether there was one to delete.</summary>
    public bool Delete(string name)
    {
        if (Find(name) is not { } backup)
        {
            return false;
        }

        File.Delete(PathOf(backup));
        return true;
    }

    /// <summary>Keeps a <c>config.json</c> as it is.</summary>
    public void KeepConfig(ReadOnlySpan<byte> content, string reason = BackupReason.Change) => AtomicFile.Write(
        NewPath(moment => $"config-{moment}{(reason == BackupReason.Change ? "" : "-" + reason)}.json"), content);

    /// <summary>Where the next archive goes; nothing is there yet.</summary>
    public string NewArchivePath(string reason) => NewPath(moment => $"backup-{moment}-{reason}.zip");

    /// <summary>
    /// Deletes what is too many or too old. The newest configuration and the newest database stay at any age, for they are what broken ones
    /// are replaced by; and when changes of the settings have come to more than half, they go before a database does.
    /// </summary>
    public void Prune(BackupOptions options)
    {
        var kept = List().ToList();
        var lasting = BackupPart.All.Select(part => kept.Find(backup => backup.Has(part))).ToHashSet();
        var oldest = time.GetUtcNow() - TimeSpan.FromDays(options.KeepDays);
        Drop(kept.FindAll(backup => backup.CreatedAt < oldest && !lasting.Contains(backup)), kept);
        while (kept.Count > options.KeepCount)
        {
            var crowded = kept.Count(IsPlain) > options.KeepCount / 2;
            var next = kept.FindLast(backup => !lasting.Contains(backup) && (IsPlain(backup) || !crowded))
                ?? kept.FindLast(backup => !lasting.Contains(backup));
            if (next is null)
            {
                return;
            }

            Drop([next], kept);
        }
    }

    /// <summary>Removes what a crash left half written. Only while nobody writes.</summary>
    public void Tidy()
    {
        if (Directory.Exists(data.Backups))
        {
            Directory.EnumerateDirectories(data.Backups, "*.tmp").ToList().ForEach(left => Directory.Delete(left, recursive: true));
            Directory.EnumerateFiles(data.Backups, "*.tmp").ToList().ForEach(File.Delete);
        }
    }

    private void Drop(List<Backup> backups, List<Backup> kept)
    {
        foreach (var backup in backups)
        {
            File.Delete(PathOf(backup));
            kept.Remove(backup);
        }
    }

    private string NewPath(Func<string, string> name)
    {
        Directory.CreateDirectory(data.Backups);
        for (var now = time.GetUtcNow(); ; now += TimeSpan.FromMilliseconds(1))
        {
            var path = Path.Combine(data.Backups, name(now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)));
            if (!File.Exists(path))
            {
                return path;
            }
        }
    }

    private static Backup? Describe(FileInfo file)
    {
        var match = Name().Match(file.Name);
        var valid = DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var createdAt);
        var reason = match.Groups["reason"] is { Success: true, Value: var named } ? named : BackupReason.Change;
        return valid && file.LinkTarget is null ? new(file.Name, file.Length, createdAt, reason, PartsOf(file)) : null;
    }

    private static IReadOnlyList<string> PartsOf(FileInfo file)
    {
        if (file.Extension == ".json")
        {
            return [BackupPart.Config];
        }

        try
        {
            using var archive = BackupArchive.Open(file.FullName);
            return archive.Parts;
        }
        catch (Exception e) when (e is InvalidBackupException or IOException or UnauthorizedAccessException)
        {
            // Listed all the same, so that its owner sees it and can delete it.
            return [];
        }
    }

    [GeneratedRegex(@"\A(config-(?<time>[0-9]{8}T[0-9]{9}Z)(-(?<reason>[a-z]+))?\.json|backup-(?<time>[0-9]{8}T[0-9]{9}Z)-(?<reason>[a-z]+)\.zip)\z")]
    private static partial Regex Name();
}

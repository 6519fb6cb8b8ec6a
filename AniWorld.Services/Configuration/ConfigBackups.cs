using System.Globalization;
using System.Text.RegularExpressions;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Configuration;

/// <summary>Earlier states of <c>config.json</c>, in <c>data/backups</c>.</summary>
internal sealed partial class ConfigBackups(DataFolder data, TimeProvider time)
{
    /// <summary>The reason of the backups that every change makes; it has no part in their names.</summary>
    public const string BeforeChange = "change";

    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ConfigBackup> List() => !Directory.Exists(data.Backups) ? [] :
        [.. new DirectoryInfo(data.Backups).EnumerateFiles("config-*.json")
            .Select(Describe).OfType<ConfigBackup>()
            .OrderByDescending(backup => backup.CreatedAt)];

    /// <summary>Its text; null when no backup has that name.</summary>
    public string? Read(string name) => Find(name) is { } backup ? File.ReadAllText(Path.Combine(data.Backups, backup.Name)) : null;

    /// <summary>The text of the newest; null when there is none.</summary>
    public string? Newest() => List() is [var newest, ..] ? Read(newest.Name) : null;

    /// <summary>Whether there was one to delete.</summary>
    public bool Delete(string name)
    {
        if (Find(name) is not { } backup)
        {
            return false;
        }

        File.Delete(Path.Combine(data.Backups, backup.Name));
        return true;
    }

    public void Make(ReadOnlySpan<byte> content, string reason = BeforeChange)
    {
        Directory.CreateDirectory(data.Backups);
        var suffix = reason == BeforeChange ? "" : "-" + reason;
        var now = time.GetUtcNow();
        string path;
        do
        {
            path = Path.Combine(data.Backups, $"config-{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{suffix}.json");
            now += TimeSpan.FromMilliseconds(1);
        }
        while (File.Exists(path));
        AtomicFile.Write(path, content);
    }

    /// <summary>Deletes what is too many or too old; the newest stays at any age, for it is what a broken file is replaced by.</summary>
    public void Prune(BackupOptions options)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromDays(options.KeepDays);
        foreach (var (index, backup) in List().Index().Skip(1))
        {
            if (index >= options.KeepCount || backup.CreatedAt < oldest)
            {
                Delete(backup.Name);
            }
        }
    }

    /// <summary>Names come from requests: only one that is listed is ever opened.</summary>
    private ConfigBackup? Find(string name) => List().FirstOrDefault(backup => backup.Name == name);

    private static ConfigBackup? Describe(FileInfo file)
    {
        var match = Name().Match(file.Name);
        var valid = DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var createdAt);
        var reason = match.Groups["reason"] is { Success: true, Value: var named } ? named : BeforeChange;
        return valid && file.LinkTarget is null ? new(file.Name, file.Length, createdAt, reason, ["config"]) : null;
    }

    [GeneratedRegex(@"\Aconfig-(?<time>[0-9]{8}T[0-9]{9}Z)(-(?<reason>[a-z]+))?\.json\z")]
    private static partial Regex Name();
}

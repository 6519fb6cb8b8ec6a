using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Import;

/// <summary>From the old configuration to this one's members. What has no counterpart is said, not lost in silence.</summary>
internal static partial class OldSettings
{
    private const string LibraryPath = "anime_directory";
    private const int HighestCost = 16;

    /// <summary>Old path → path here, where they differ. A member whose path is the same here needs no entry.</summary>
    private static readonly Dictionary<string, string> Moved = new()
    {
        ["other.anime_directory"] = LibraryPath,
        ["library.anime_directory"] = LibraryPath,
        ["library.path"] = LibraryPath,
        ["library_path"] = LibraryPath,
        ["scheduler.time"] = "scheduler.schedule_time",
        ["scheduler.days"] = "scheduler.schedule_days",
        ["scheduler.timezone"] = "scheduler.time_zone",
        ["max_concurrent_downloads"] = "downloads.parallel",
        ["downloads.max_concurrent"] = "downloads.parallel",
        ["downloads.max_concurrent_downloads"] = "downloads.parallel",
        ["downloads.max_retries"] = "downloads.attempts",
        ["other.max_concurrent_downloads"] = "downloads.parallel",
        ["nfo.auto_create"] = "metadata.nfo",
        ["nfo.download_poster"] = "metadata.artwork",
    };

    /// <summary>Members that say nothing about how AniWorld is to work.</summary>
    private static readonly HashSet<string> Silent = ["name", "version", "data_dir", "backup.path", "logging.file"];

    /// <summary>What lets others in or sources on is this installation's to say.</summary>
    private static readonly HashSet<string> NeverTaken = ["network", "providers", "notifications", "metrics"];

    private static readonly Dictionary<string, string> Levels = new()
    {
        ["debug"] = "debug",
        ["info"] = "information",
        ["warn"] = "warning",
        ["warning"] = "warning",
        ["error"] = "error",
        ["critical"] = "error",
    };

    /// <summary>Where the old videos are; <see langword="null"/> when the configuration does not say, or nothing is there.</summary>
    public static string? Library(OldInstallation old) => Leaves(old.Configuration, "")
        .Where(leaf => Moved.GetValueOrDefault(leaf.Path, leaf.Path) == LibraryPath)
        .Select(leaf => Folder(old, leaf.Value))
        .FirstOrDefault(Directory.Exists);

    /// <summary>bcrypt as passlib writes it; <see langword="null"/> with a remark when it is of another kind.</summary>
    public static string? PasswordHash(OldInstallation old)
    {
        foreach (var (path, value) in Leaves(old.Configuration, "").Where(leaf => IsPassword(leaf.Path)))
        {
            var hash = value is JsonValue text && text.TryGetValue<string>(out var found) ? found : "";
            if (Bcrypt().Match(hash) is { Success: true } match && int.Parse(match.Groups["cost"].Value, CultureInfo.InvariantCulture) <= HighestCost)
            {
                return hash;
            }

            if (hash.Length > 0)
            {
                old.Remarks.Add(new Sentence("import_bad_hash", path));
            }
        }

        return null;
    }

    /// <summary>Path → value for each member that can be taken over.</summary>
    public static Dictionary<string, JsonNode> Map(OldInstallation old)
    {
        var settings = new Dictionary<string, JsonNode>();
        foreach (var (path, value) in Leaves(old.Configuration, "").Where(leaf => !IsPassword(leaf.Path) && !Silent.Contains(leaf.Path)))
        {
            var target = Moved.GetValueOrDefault(path, path);
            if (value is null)
            {
                continue;
            }

            if (!ConfigShape.Has(target) || NeverTaken.Contains(target.Split('.')[0]))
            {
                old.Remarks.Add(new Sentence("import_no_counterpart", OldValues.Shown(path)));
            }
            else if (Translated(old, target, value) is { } usable)
            {
                settings[target] = usable;
            }
            else
            {
                old.Remarks.Add(new Sentence("import_bad_value", OldValues.Shown(path)));
            }
        }

        return settings;
    }

    private static JsonNode? Translated(OldInstallation old, string target, JsonNode value) => target switch
    {
        LibraryPath => Folder(old, value) is { } folder ? JsonValue.Create(folder) : null,
        "logging.level" => value is JsonValue level && level.TryGetValue<string>(out var name) && Levels.TryGetValue(name.ToLowerInvariant(), out var here)
            ? JsonValue.Create(here)
            : null,
        "scheduler.schedule_days" when value is JsonArray days => Days(days),
        _ => value.DeepClone(),
    };

    /// <summary><c>Monday</c> and <c>mon</c> are the same day.</summary>
    private static JsonArray Days(JsonArray days) => [.. days.Select(day => day is JsonValue value && value.TryGetValue<string>(out var name)
        ? JsonValue.Create(name.Length > 3 ? name[..3].ToLowerInvariant() : name.ToLowerInvariant())
        : day?.DeepClone())];

    private static string? Folder(OldInstallation old, JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var path) && !string.IsNullOrWhiteSpace(path) && !path.Any(char.IsControl)
            ? Path.GetFullPath(path, old.Root)
            : null;

    private static bool IsPassword(string path) => path.Split('.')[^1] is "master_password_hash" or "password_hash";

    /// <summary>Members that are no objects, by their dotted paths. A list is one.</summary>
    private static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonObject? node, string prefix) =>
        (node ?? []).SelectMany(member => member.Value is JsonObject inner
            ? Leaves(inner, $"{prefix}{member.Key}.")
            : [($"{prefix}{member.Key}", member.Value)]);

    [GeneratedRegex(@"\A\$2[aby]\$(?<cost>[0-9]{2})\$[./A-Za-z0-9]{53}\z")]
    private static partial Regex Bcrypt();
}

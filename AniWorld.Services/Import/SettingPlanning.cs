using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Import;

/// <summary>Which of the old settings are taken over: those that would be valid here, all together.</summary>
internal sealed class SettingPlanning(ConfigService configuration)
{
    /// <param name="library">Where the videos are now; <see langword="null"/> to go by the old configuration.</param>
    public async Task<(List<ImportedSetting> Settings, JsonElement Patch)> PlanAsync(
        OldInstallation old, string? library, CancellationToken cancellationToken)
    {
        var settings = OldSettings.Map(old);
        if (library is not null)
        {
            settings["anime_directory"] = JsonValue.Create(Path.GetFullPath(library));
        }

        while (settings.Count > 0)
        {
            var found = await configuration.ValidateAsync(PatchOf(settings), cancellationToken);
            var wrong = found.Errors.Where(error => settings.Keys.Any(path => Concerns(error.Path, path))).ToList();
            foreach (var path in settings.Keys.Where(path => wrong.Exists(error => Concerns(error.Path, path))).ToList())
            {
                old.Remarks.Add(new Sentence("import_not_taken", path, wrong.Find(error => Concerns(error.Path, path))!.Said));
                settings.Remove(path);
            }

            if (found.Valid)
            {
                break;
            }

            if (wrong.Count == 0)
            {
                old.Remarks.Add(new Sentence("import_none_taken", Sentence.Join(found.Errors.Select(error => new Sentence("import_error", error.Path, error.Said)))));
                settings.Clear();
            }
        }

        var current = JsonSerializer.SerializeToElement(await configuration.GetAsync(cancellationToken));
        foreach (var same in settings.Where(setting => JsonNode.DeepEquals(Find(current, setting.Key), setting.Value)).Select(setting => setting.Key).ToList())
        {
            settings.Remove(same);
        }

        return ([.. settings.Select(setting => new ImportedSetting(setting.Key, setting.Value.ToJsonString()))], PatchOf(settings));
    }

    /// <summary>An error names the member, or an item of a list in it.</summary>
    private static bool Concerns(string error, string path) => error == path || error.StartsWith(path + ".", StringComparison.Ordinal);

    private static JsonElement PatchOf(Dictionary<string, JsonNode> settings)
    {
        var patch = new JsonObject();
        foreach (var (path, value) in settings)
        {
            var names = path.Split('.');
            var inner = patch;
            foreach (var name in names[..^1])
            {
                inner = (JsonObject)(inner[name] ??= new JsonObject());
            }

            inner[names[^1]] = value.DeepClone();
        }

        return JsonSerializer.SerializeToElement(patch);
    }

    private static JsonNode? Find(JsonElement current, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (current.ValueKind is not JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return null;
            }
        }

        return JsonSerializer.SerializeToNode(current);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary>The configuration as saved, with what the user changed and has not saved yet. Members go by dotted paths, as problems do.</summary>
/// <param name="saved">In the contract's shape.</param>
public sealed class SettingsDraft(JsonObject saved)
{
    private readonly Dictionary<string, JsonNode?> _changes = [];

    /// <summary>Told when the user changed a value.</summary>
    public event Action? Edited;

    /// <summary>Told when a value or a problem changed.</summary>
    public event Action? Changed;

    public bool IsDirty => _changes.Count > 0;

    /// <summary>What is wrong with the draft, as last checked.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; private set; } = [];

    /// <summary>The value of a member; <see langword="default"/> where there is none.</summary>
    public T? Get<T>(string path)
    {
        var node = _changes.TryGetValue(path, out var changed) ? changed : At(saved, path);
        return node is null ? default : node.Deserialize<T>();
    }

    public void Set<T>(string path, T value)
    {
        var node = JsonSerializer.SerializeToNode(value);
        if (JsonNode.DeepEquals(node, At(saved, path)))
        {
            _changes.Remove(path);
        }
        else
        {
            _changes[path] = node;
        }

        Changed?.Invoke();
        Edited?.Invoke();
    }

    /// <summary>The first thing that is wrong with a member or with anything in it.</summary>
    public string? ProblemOf(string path) =>
        Problems.FirstOrDefault(p => p.Path == path || p.Path.StartsWith(path + ".", StringComparison.Ordinal)) is { } problem
            ? Said.Of(problem)
            : null;

    public void Show(IReadOnlyList<ConfigProblem> problems)
    {
        Problems = problems;
        Changed?.Invoke();
    }

    /// <summary>The changes as a JSON merge patch.</summary>
    public JsonElement ToPatch()
    {
        var patch = new JsonObject();
        foreach (var (path, value) in _changes)
        {
            var names = path.Split('.');
            var group = patch;
            foreach (var name in names[..^1])
            {
                group = (JsonObject)(group[name] ??= new JsonObject());
            }

            group[names[^1]] = value?.DeepClone();
        }

        return JsonSerializer.SerializeToElement(patch);
    }

    private static JsonNode? At(JsonObject document, string path) =>
        path.Split('.').Aggregate((JsonNode?)document, (node, name) => (node as JsonObject)?[name]);
}

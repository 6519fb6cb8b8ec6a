using System.Text.Json;
using System.Text.Json.Nodes;

namespace AniWorld.Blazor.Configuration;

/// <summary>A member of the configuration by its dotted path, such as <c>downloads.parallel</c>.</summary>
internal static class ConfigPath
{
    /// <returns><see langword="null"/> when there is none; a JSON null is a value.</returns>
    public static JsonElement? Find(JsonElement configuration, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (configuration.ValueKind is JsonValueKind.Object && configuration.TryGetProperty(name, out var member))
            {
                configuration = member;
            }
            else
            {
                return null;
            }
        }

        return configuration;
    }

    /// <summary>The merge patch that sets one member.</summary>
    /// <param name="text">JSON, or plain text.</param>
    /// <param name="present">What the member is now: where it is a text, a bare number or word is meant as one, too.</param>
    public static JsonObject Patch(string path, string text, JsonElement? present)
    {
        var names = path.Split('.');
        var patch = new JsonObject { [names[^1]] = ValueOf(text, present is { ValueKind: JsonValueKind.String }) };
        return names[..^1].Reverse().Aggregate(patch, (inner, name) => new JsonObject { [name] = inner });
    }

    private static JsonNode? ValueOf(string text, bool isText)
    {
        try
        {
            var value = JsonNode.Parse(text);
            return isText && value?.GetValueKind() is (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) ? text : value;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

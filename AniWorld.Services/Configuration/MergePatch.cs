using System.Text.Json.Nodes;

namespace AniWorld.Services.Configuration;

/// <summary>
/// JSON merge patch (RFC 7396): objects merge, <c>null</c> removes, anything else replaces, lists as a whole. Sources are laid
/// over each other by the same rule, so that a short list never keeps the tail of the longer one below it.
/// </summary>
internal static class MergePatch
{
    /// <summary>A new object; neither argument changes.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var result = target.DeepClone().AsObject();
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = value is JsonObject inner ? Apply(result[name] as JsonObject ?? [], inner) : WithoutNulls(value);
            }
        }

        return result;
    }

    /// <summary>The same value, except that an absent member of a list's item is absent and not <c>null</c>.</summary>
    private static JsonNode? WithoutNulls(JsonNode? value) => value switch
    {
        JsonArray items => new JsonArray([.. items.Select(WithoutNulls)]),
        JsonObject item => Apply([], item),
        _ => value?.DeepClone(),
    };
}

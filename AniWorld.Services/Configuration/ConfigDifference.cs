using System.Text.Json.Nodes;

namespace AniWorld.Services.Configuration;

/// <summary>Where two configurations differ.</summary>
internal static class ConfigDifference
{
    /// <summary>Dotted paths in the order of the shape; a list differs as a whole.</summary>
    public static IReadOnlyList<string> Paths(AniWorldOptions before, AniWorldOptions after) =>
        [.. Paths(ConfigJson.FromOptions(before), ConfigJson.FromOptions(after), "")];

    private static IEnumerable<string> Paths(JsonObject before, JsonObject after, string prefix) =>
        before.Select(member => member.Key).Union(after.Select(member => member.Key)).SelectMany(name => (before[name], after[name]) switch
        {
            (JsonObject one, JsonObject other) => Paths(one, other, $"{prefix}{name}."),
            var (one, other) when JsonNode.DeepEquals(one, other) => [],
            _ => [prefix + name],
        });
}

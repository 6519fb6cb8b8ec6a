using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AniWorld.Services.Configuration;

/// <summary>Whether a JSON object has the configuration's shape: known members only, each of its type.</summary>
internal static class ConfigCheck
{
    /// <summary>What <c>config.json</c>, a backup of it or a patch may hold. <c>null</c> is in order everywhere and means the default.</summary>
    public static IReadOnlyList<ConfigProblem> Document(JsonObject document)
    {
        var problems = new List<ConfigProblem>();
        var own = new JsonObject();
        foreach (var (name, value) in document)
        {
            if (ConfigShape.HostOnly.Contains(name))
            {
                problems.Add(new(name, "This is set by the environment or appsettings.json only; remove it here."));
            }
            else
            {
                own[name] = value?.DeepClone();
            }
        }

        Check(own, ConfigShape.Whole, "", problems);
        return problems;
    }

    /// <summary>All sources laid over each other.</summary>
    public static IReadOnlyList<ConfigProblem> Effective(JsonObject document)
    {
        var problems = new List<ConfigProblem>();
        Check(document, ConfigShape.Whole, "", problems);
        return problems;
    }

    private static void Check(JsonNode node, ConfigShape shape, string path, List<ConfigProblem> problems)
    {
        switch (shape, node)
        {
            case (ConfigShape.Group group, JsonObject members):
                CheckMembers(members, name => group.Members.GetValueOrDefault(name)?.Shape, path, problems);
                break;
            case (ConfigShape.Map map, JsonObject members):
                CheckMembers(members, _ => map.Entry, path, problems);
                break;
            case (ConfigShape.Items items, JsonArray list):
                CheckItems(list, items.Item, path, problems);
                break;
            case (ConfigShape.Value value, JsonValue) when Fits(node, value.Type):
                break;
            default:
                problems.Add(new(path, $"This must be {Describe(shape)}."));
                break;
        }
    }

    private static void CheckMembers(JsonObject members, Func<string, ConfigShape?> shapeOf, string path, List<ConfigProblem> problems)
    {
        foreach (var (name, value) in members)
        {
            var memberPath = path.Length == 0 ? name : $"{path}.{name}";
            if (shapeOf(name) is not { } shape)
            {
                problems.Add(new(memberPath, "There is no such setting."));
            }
            else if (value is not null)
            {
                Check(value, shape, memberPath, problems);
            }
        }
    }

    private static void CheckItems(JsonArray list, ConfigShape shape, string path, List<ConfigProblem> problems)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is { } item)
            {
                Check(item, shape, $"{path}.{i}", problems);
            }
            else
            {
                problems.Add(new($"{path}.{i}", $"This must be {Describe(shape)}."));
            }
        }
    }

    private static bool Fits(JsonNode node, Type type) => node.GetValueKind() switch
    {
        JsonValueKind.String => type == typeof(string),
        JsonValueKind.True or JsonValueKind.False => type == typeof(bool),
        JsonValueKind.Number when type == typeof(double) => double.IsFinite(double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture)),
        JsonValueKind.Number when type == typeof(int) => int.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out _),
        JsonValueKind.Number when type == typeof(long) => long.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static string Describe(ConfigShape shape) => shape switch
    {
        ConfigShape.Items => "a list",
        ConfigShape.Value { Type: var type } when type == typeof(string) => "a text",
        ConfigShape.Value { Type: var type } when type == typeof(bool) => "true or false",
        ConfigShape.Value { Type: var type } when type == typeof(double) => "a number",
        ConfigShape.Value => "a whole number",
        _ => "an object",
    };
}

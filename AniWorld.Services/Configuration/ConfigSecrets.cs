using System.Text.Json;
using System.Text.Json.Nodes;

namespace AniWorld.Services.Configuration;

/// <summary>Values that are never shown: members marked <see cref="SecretAttribute"/>, and addresses with a user name or password in them.</summary>
internal static class ConfigSecrets
{
    public const string Mask = "********";

    /// <summary>Puts <see cref="Mask"/> in place of each secret.</summary>
    public static void Hide(JsonNode node, ConfigShape shape) => Replace(
        node, node, shape, "", (value, _, isSecret, _) => isSecret || HasCredentials(value) ? Mask : value);

    /// <summary>Every secret that the configuration holds, also those that only the host may set.</summary>
    public static IReadOnlySet<string> Find(JsonNode node, ConfigShape shape)
    {
        var found = new HashSet<string>();
        Replace(node, node, shape, "", (value, _, isSecret, path) =>
        {
            if (isSecret || HasCredentials(value) || path.EndsWith("connection_string", StringComparison.Ordinal))
            {
                found.Add(value);
            }

            return value;
        });
        return found;
    }

    /// <summary>
    /// Puts the present secrets in place of each <see cref="Mask"/>. An item of a list is known again by its <c>name</c>.
    /// </summary>
    /// <returns>A problem for each mask that hides nothing.</returns>
    public static IReadOnlyList<ConfigProblem> Reveal(JsonNode patch, JsonNode current, ConfigShape shape)
    {
        var problems = new List<ConfigProblem>();
        Replace(patch, current, shape, "", (value, present, _, path) =>
        {
            if (value == Mask && present is null)
            {
                problems.Add(new(path, new Sentence("secret_missing")));
            }

            return value == Mask ? present ?? value : value;
        });
        return problems;
    }

    private delegate string Replacement(string value, string? present, bool isSecret, string path);

    private static void Replace(JsonNode node, JsonNode? present, ConfigShape shape, string path, Replacement replacement)
    {
        switch (node, shape)
        {
            case (JsonObject members, ConfigShape.Group or ConfigShape.Map):
                foreach (var (name, value) in members.ToList())
                {
                    var member = (shape as ConfigShape.Group)?.Members[name];
                    var other = (present as JsonObject)?[name];
                    if (Replaced(value, other, member?.Shape ?? ((ConfigShape.Map)shape).Entry, member, Join(path, name), replacement) is { } text)
                    {
                        members[name] = text;
                    }
                }

                break;
            case (JsonArray list, ConfigShape.Items items):
                for (var i = 0; i < list.Count; i++)
                {
                    if (Replaced(list[i], Counterpart(list[i], present as JsonArray), items.Item, null, $"{path}.{i}", replacement) is { } text)
                    {
                        list[i] = text;
                    }
                }

                break;
        }
    }

    /// <returns>What a text becomes; null when it stays, or when the node is no text.</returns>
    private static string? Replaced(
        JsonNode? value, JsonNode? present, ConfigShape shape, ConfigShape.Member? member, string path, Replacement replacement)
    {
        if (value is JsonValue && value.GetValueKind() is JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            var other = present is JsonValue && present.GetValueKind() is JsonValueKind.String ? present.GetValue<string>() : null;
            var replaced = replacement(text, other, member?.IsSecret ?? false, path);
            return replaced == text ? null : replaced;
        }

        if (value is not null)
        {
            Replace(value, present, shape, path, replacement);
        }

        return null;
    }

    private static JsonNode? Counterpart(JsonNode? item, JsonArray? list) => item is JsonObject named && named["name"] is { } name
        ? list?.FirstOrDefault(other => other is JsonObject candidate && JsonNode.DeepEquals(candidate["name"], name))
        : null;

    private static bool HasCredentials(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.UserInfo.Length > 0;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

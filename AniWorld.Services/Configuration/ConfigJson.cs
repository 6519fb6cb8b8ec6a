using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;

namespace AniWorld.Services.Configuration;

/// <summary>Between JSON text, JSON objects and <see cref="AniWorldOptions"/>.</summary>
internal static class ConfigJson
{
    private static readonly JsonSerializerOptions Named = new()
    {
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { UseConfigurationNames } },
    };

    /// <exception cref="JsonException">Not JSON, not an object, a member twice, or too deep.</exception>
    public static JsonObject Parse(string text)
    {
        var node = JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 32 });
        return node as JsonObject ?? throw new JsonException("It must be a JSON object.");
    }

    public static string Text(JsonNode document) => document.ToJsonString(Named) + "\n";

    public static JsonObject FromOptions(AniWorldOptions options) => JsonSerializer.SerializeToNode(options, Named)!.AsObject();

    /// <summary>Only for what <see cref="ConfigCheck"/> found in order.</summary>
    public static AniWorldOptions ToOptions(JsonObject checkedDocument) => checkedDocument.Deserialize<AniWorldOptions>(Named)!;

    private static void UseConfigurationNames(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var attributes = property.AttributeProvider?.GetCustomAttributes(
                typeof(ConfigurationKeyNameAttribute), inherit: true);
            if (attributes is [ConfigurationKeyNameAttribute named, ..])
            {
                property.Name = named.Name;
            }
        }
    }
}

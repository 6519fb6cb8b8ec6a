using System.Text.Json.Nodes;

namespace AniWorld.Blazor.Tests.Documentation;

/// <summary>Whether an example has the members that its schema names: none unknown, none of those that are needed missing.</summary>
internal sealed class ExampleCheck(JsonObject document)
{
    public void AssertFits(string name, JsonNode? example, JsonObject schema)
    {
        var shape = Resolve(schema);
        switch (example)
        {
            case JsonObject members when shape["properties"] is JsonObject properties:
                Assert.All(members, member => Assert.True(properties.ContainsKey(member.Key), $"{name}: the example has an unknown member {member.Key}"));
                Assert.All(shape["required"]?.AsArray() ?? [], needed => Assert.True(members.ContainsKey((string)needed!), $"{name}: the example lacks {needed}"));
                foreach (var (key, value) in members)
                {
                    AssertFits($"{name} {key}", value, properties[key]!.AsObject());
                }

                break;
            case JsonArray items when shape["items"] is JsonObject item:
                Assert.All(items, one => AssertFits(name, one, item));
                break;
        }
    }

    private JsonObject Resolve(JsonObject schema)
    {
        var reference = (string?)schema["$ref"]
            ?? (string?)schema["oneOf"]?.AsArray().Select(one => one!["$ref"]).FirstOrDefault(one => one is not null);
        return reference is null ? schema : document["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject();
    }
}

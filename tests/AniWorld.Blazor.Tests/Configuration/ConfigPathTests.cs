using System.Text.Json;
using AniWorld.Blazor.Configuration;

namespace AniWorld.Blazor.Tests.Configuration;

public sealed class ConfigPathTests
{
    private static readonly JsonElement Present = JsonSerializer.Deserialize<JsonElement>("""{"a": {"text": "x", "number": 1, "none": null}}""");

    [Theory]
    [InlineData("a.number", "5", """{"a":{"number":5}}""")]
    [InlineData("a.text", "5", """{"a":{"text":"5"}}""")]
    [InlineData("a.text", "true", """{"a":{"text":"true"}}""")]
    [InlineData("a.text", "null", """{"a":{"text":null}}""")]
    [InlineData("a.none", "7", """{"a":{"none":7}}""")]
    [InlineData("a.number", "plain words", """{"a":{"number":"plain words"}}""")]
    [InlineData("new", """["b"]""", """{"new":["b"]}""")]
    public void A_value_is_JSON_or_plain_text_as_the_present_one_is(string path, string value, string patch) =>
        Assert.Equal(patch, ConfigPath.Patch(path, value, ConfigPath.Find(Present, path)).ToJsonString());

    [Theory]
    [InlineData("a.missing")]
    [InlineData("a.text.deeper")]
    [InlineData("")]
    public void A_path_that_leads_nowhere_finds_nothing(string path) => Assert.Null(ConfigPath.Find(Present, path));
}

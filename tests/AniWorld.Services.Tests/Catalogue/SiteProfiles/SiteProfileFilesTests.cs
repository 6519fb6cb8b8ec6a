using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

public sealed class SiteProfileFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-profiles-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A start counts on it.</summary>
    [Fact]
    public void What_AniWorld_brings_is_in_order()
    {
        var assembly = typeof(SiteProfileFiles).Assembly;
        var profiles = assembly.GetManifestResourceNames().Where(name => name.StartsWith(typeof(SiteProfileFiles).Namespace!, StringComparison.Ordinal)
            && name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(".schema.json", StringComparison.Ordinal));

        Assert.All(profiles, name => SiteProfileFiles.Read(new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd()));
        Assert.NotEmpty(profiles);
    }

    [Theory]
    [InlineData("name", "\"Ani World\"", "name:")]
    [InlineData("name", "5", "name:")]
    [InlineData("base_urls", "[]", "base_urls:")]
    [InlineData("base_urls", "[\"ftp://x\"]", "base_urls[0]:")]
    [InlineData("key_pattern", "\"[\"", "key_pattern:")]
    [InlineData("routes.series", "\"anime/{key}\"", "routes.series:")]
    [InlineData("routes.season", "\"/anime/{season}\"", "routes.season:")]
    [InlineData("routes.season", "\"/anime/{key}\"", "routes.episode:")]
    [InlineData("search", "{}", "search:")]
    [InlineData("search", "{\"page\": {\"present\": \"(\", \"rows\": \"a\", \"name\": {}, \"link\": {}}}", "search.page.present:")]
    [InlineData("series.title.filters", "[{\"name\": \"shout\"}]", "series.title.filters[0]:")]
    [InlineData("series.title.filters", "[{\"name\": \"trim\"}, {\"name\": \"replace\", \"args\": [\"a\"]}]", "series.title.filters[1]:")]
    [InlineData("series.title.filters", "[{\"name\": \"regexp\", \"args\": [\"(?=x)\"]}]", "series.title.filters[0]:")]
    [InlineData("series.title.filters", "[{\"name\": \"dateparse\", \"args\": [\"d\", \"klingon\"]}]", "series.title.filters[0]:")]
    [InlineData("series.title.or", "[{\"selector\": \"((\"}]", "series.title.or[0].selector:")]
    [InlineData("series.title.case", "{\"((\": \"x\"}", "series.title.case.((:")]
    [InlineData("routes.film", "\"/anime/{key}/{episode}/{other}\"", "routes.film:")]
    [InlineData("series.title.selector", "\"h1..\"", "series.title.selector:")]
    [InlineData("series.title.selector", "null", "series.title.selector:")]
    [InlineData("series.title", "null", "series.title:")]
    [InlineData("season.rows", "\"[\"", "season.rows:")]
    [InlineData("season.languages.pattern", "\"(?=x)\"", "season.languages.pattern:")]
    [InlineData("season.titles.de.selector", "\"((\"", "season.titles.de.selector:")]
    [InlineData("languages.keys.1", "\"german\"", "languages.keys.1:")]
    [InlineData("politeness.concurrency", "0", "politeness.concurrency:")]
    [InlineData("politeness.burst", "\"ten\"", "politeness.burst:")]
    [InlineData("series.titel", "{}", "series.titel:")]
    public void A_broken_member_is_named(string member, string value, string beginning)
    {
        var fault = Assert.Throws<InvalidDataException>(() => SiteProfileFiles.Read(With(member, value)));

        Assert.StartsWith(beginning, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_member_is_named()
    {
        var profile = Json();
        profile["series"]!.AsObject().Remove("title");

        var fault = Assert.Throws<InvalidDataException>(() => SiteProfileFiles.Read(profile.ToJsonString()));

        Assert.Contains("title", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("series", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("series.titel", "{}", "'titel'")]
    [InlineData("politeness.burst", "\"ten\"", "JSON schema")]
    [InlineData("series", "{}", "members are missing: 'title'")]
    public void What_is_wrong_is_said_without_names_of_types(string member, string value, string part)
    {
        var fault = Assert.Throws<InvalidDataException>(() => SiteProfileFiles.Read(With(member, value)));

        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AniWorld.", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\": \"x\"")]
    public void A_file_that_is_no_profile_is_refused(string text) => Assert.Throws<InvalidDataException>(() => SiteProfileFiles.Read(text));

    [Fact]
    public void A_user_file_adds_a_site_and_a_broken_one_is_left_out()
    {
        File.WriteAllText(Path.Combine(_folder, "mine.json"), With("name", "\"mine\""));
        File.WriteAllText(Path.Combine(_folder, "torn.json"), "{\"name\":");
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "not a profile");

        var loaded = Load();

        Assert.Equal(["aniworld", "mine"], loaded.Profiles.Select(profile => profile.Name).Order());
        Assert.EndsWith("torn.json", Assert.Single(loaded.Broken).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_file_of_the_same_name_replaces_the_built_in_profile()
    {
        File.WriteAllText(Path.Combine(_folder, "aniworld.json"), With("site", "\"aniworld.example\""));

        Assert.Equal("aniworld.example", Assert.Single(Load().Profiles).Site);
    }

    [Fact]
    public void A_missing_folder_leaves_the_built_in_profiles() => Assert.NotEmpty(
        new SiteProfileFiles(new DataFolder("/nonexistent", "/nonexistent"), NullLogger<SiteProfileFiles>.Instance).Load().Profiles);

    [Fact]
    public void The_schema_names_the_same_members_as_the_profile()
    {
        using var stream = typeof(SiteProfileFiles).Assembly.GetManifestResourceStream(typeof(SiteProfile), "site-profile.schema.json")!;
        var schema = JsonNode.Parse(stream)!.AsObject();
        var options = new JsonSerializerOptions(JsonSerializerOptions.Default) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        var exported = options.GetJsonSchemaAsNode(typeof(SiteProfile));

        Assert.Equal(Members(exported, exported, ""), Members(schema, schema, ""));
    }

    /// <summary>Paths of all members, with an exclamation mark for a required one.</summary>
    private static SortedSet<string> Members(JsonNode schema, JsonNode root, string path)
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        var node = Resolve(schema, root);
        var required = node["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet() ?? [];
        foreach (var (name, value) in node["properties"]?.AsObject() ?? [])
        {
            members.Add($"{path}{name}{(required.Contains(name) ? "!" : "")}");
            members.UnionWith(Members(value!, root, $"{path}{name}."));
        }

        if (node["additionalProperties"] is JsonObject every)
        {
            members.UnionWith(Members(every, root, $"{path}*."));
        }

        return members;
    }

    private static JsonObject Resolve(JsonNode schema, JsonNode root)
    {
        if (schema["$ref"]?.GetValue<string>() is not { } reference)
        {
            return schema as JsonObject ?? [];
        }

        var target = root;
        foreach (var step in reference.Split('/').Skip(1))
        {
            target = target[step]!;
        }

        return Resolve(target, root);
    }

    private LoadedProfiles Load()
    {
        var data = new DataFolder(_folder, _folder);
        Directory.CreateDirectory(data.Providers);
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            File.Move(file, Path.Combine(data.Providers, Path.GetFileName(file)));
        }

        return new SiteProfileFiles(data, NullLogger<SiteProfileFiles>.Instance).Load();
    }

    private static JsonObject Json()
    {
        using var stream = typeof(SiteProfileFiles).Assembly.GetManifestResourceStream(typeof(SiteProfile), "aniworld.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static string With(string member, string value)
    {
        var profile = Json();
        var steps = member.Split('.');
        JsonObject parent = profile;
        foreach (var step in steps[..^1])
        {
            parent = parent[step]!.AsObject();
        }

        parent[steps[^1]] = JsonNode.Parse(value);
        return profile.ToJsonString();
    }
}

using System.Text.Json.Nodes;
using AniWorld.Services.Catalogue.SiteProfiles;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

/// <summary>What <c>docs/site-profiles.md</c> shows people is right.</summary>
public sealed class SiteProfileGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Join(Repository.Root, "docs", "site-profiles.md"));

    [Fact]
    public void The_profile_in_the_guide_can_be_used_as_it_is() =>
        Assert.Equal("example", SiteProfileFiles.Read(Guide.Split("```json")[1].Split("```")[0]).Name);

    [Fact]
    public void The_guide_and_the_schema_name_every_part_of_a_field_and_every_filter()
    {
        using var stream = ProfileSchema.Open();
        var definitions = JsonNode.Parse(stream)!["$defs"]!;
        var fields = definitions["field"]!["properties"]!.AsObject().Select(member => member.Key);
        var filters = definitions["filter"]!["properties"]!["name"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();

        Assert.All(fields.Concat(filters), name => Assert.Contains($"`{name}`", Guide, StringComparison.Ordinal));
        Assert.Equal(FieldFilter.Names.Order(), filters.Order());
    }
}

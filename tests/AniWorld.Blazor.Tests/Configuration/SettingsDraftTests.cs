using System.Text.Json.Nodes;
using AniWorld.Blazor.Configuration;
using AniWorld.Services;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Tests.Configuration;

public sealed class SettingsDraftTests
{
    private readonly SettingsDraft _draft = new((JsonObject)JsonNode.Parse(
        """{"anime_directory": "/a", "downloads": {"parallel": 3, "connections": 8}, "scheduler": {"schedule_days": []}}""")!);

    [Fact]
    public void The_patch_holds_what_changed_and_nothing_else()
    {
        _draft.Set("downloads.parallel", 5);
        _draft.Set("scheduler.schedule_days", new List<string> { "mon" });

        Assert.Equal("""{"downloads":{"parallel":5},"scheduler":{"schedule_days":["mon"]}}""", _draft.ToPatch().GetRawText());
    }

    [Fact]
    public void A_value_set_back_is_no_change()
    {
        _draft.Set("downloads.parallel", 5);
        _draft.Set("downloads.parallel", 3);

        Assert.False(_draft.IsDirty);
        Assert.Equal("{}", _draft.ToPatch().GetRawText());
    }

    [Fact]
    public void A_member_that_is_not_saved_yet_can_be_set()
    {
        _draft.Set("providers.aniworld.enabled", true);

        Assert.True(_draft.Get<bool>("providers.aniworld.enabled"));
        Assert.Equal("""{"providers":{"aniworld":{"enabled":true}}}""", _draft.ToPatch().GetRawText());
    }

    [Fact]
    public void A_problem_inside_a_list_stands_beside_the_list()
    {
        _draft.Show([new ConfigProblem("languages.profiles.0.cutoff", new Sentence("cutoff_unknown"))]);

        Assert.Equal("The cut-off must be one of the profile's languages.", _draft.ProblemOf("languages.profiles"));
        Assert.Null(_draft.ProblemOf("languages.default_profile"));
    }
}

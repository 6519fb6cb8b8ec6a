using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Tests.Library;

public sealed class CoverageTests
{
    [Theory]
    [InlineData(DecisionCode.Missing, CoverageState.Wanted, CoverageState.Available)]
    [InlineData(DecisionCode.Waiting, CoverageState.Waiting, CoverageState.Available)]
    [InlineData(DecisionCode.Failed, CoverageState.Failed, CoverageState.Available)]
    [InlineData(DecisionCode.FailedForNow, CoverageState.Failed, CoverageState.Available)]
    [InlineData(DecisionCode.Ignored, CoverageState.Ignored, CoverageState.Ignored)]
    [InlineData(DecisionCode.Removed, CoverageState.Ignored, CoverageState.Ignored)]
    [InlineData(DecisionCode.Cancelled, CoverageState.Ignored, CoverageState.Ignored)]
    [InlineData(DecisionCode.NotMonitored, CoverageState.Available, CoverageState.Available)]
    public void An_episode_that_is_not_there_shows_what_becomes_of_each_offer(string code, CoverageState wanted, CoverageState other)
    {
        var episode = Make(new Decision(code), Language.DeDub, offered: [Language.DeDub, Language.DeSub]);

        Assert.Equal(
            [wanted, other, CoverageState.None],
            new[] { Language.DeDub, Language.DeSub, Language.EnSub }.Select(language => Coverage.Of(episode, language)));
    }

    [Fact]
    public void A_better_offer_shows_beside_what_is_on_disk()
    {
        var episode = Make(new Decision(DecisionCode.Upgrade), Language.DeDub, offered: [Language.DeDub, Language.DeSub, Language.EnSub], had: [Language.DeSub]);

        Assert.Equal(
            [CoverageState.Upgradable, CoverageState.Have, CoverageState.Available],
            new[] { Language.DeDub, Language.DeSub, Language.EnSub }.Select(language => Coverage.Of(episode, language)));
    }

    [Fact]
    public void Only_the_language_that_is_being_fetched_is_in_the_queue()
    {
        var episode = Make(new Decision(DecisionCode.Queued, ("language", "de-sub")), Language.DeDub, offered: [Language.DeDub, Language.DeSub]);

        Assert.Equal(CoverageState.Queued, Coverage.Of(episode, Language.DeSub));
        Assert.Equal(CoverageState.Available, Coverage.Of(episode, Language.DeDub));
    }

    [Fact]
    public void Languages_come_in_the_profiles_order_and_others_after_them()
    {
        var episode = Make(new Decision(DecisionCode.Missing), Language.DeSub, offered: [Language.EnDub, Language.DeSub], had: [Language.Ja]);

        Assert.Equal(
            [Language.DeDub, Language.DeSub, Language.EnSub, Language.EnDub, Language.Ja],
            Coverage.Languages([episode], LanguageProfile.Default));
    }

    [Fact]
    public void A_range_grows_and_shrinks_and_only_its_lines_are_drawn_again()
    {
        List<EpisodeLine> lines = [.. Enumerable.Range(1, 4).Select(number => new EpisodeLine(Make(new Decision(DecisionCode.Missing), Language.DeDub, [Language.DeDub], number: number)))];
        var selection = new CoverageSelection();
        var drawn = new List<int>();
        lines.ForEach(line => line.Changed += () => drawn.Add(line.Episode.Number));

        selection.Apply(new CoverageGesture(CoverageMark.Flip, Cells(lines, 1, 1)));
        selection.Apply(new CoverageGesture(CoverageMark.Extend, Cells(lines, 1, 3)));
        selection.Apply(new CoverageGesture(CoverageMark.Extend, Cells(lines, 1, 2)));

        Assert.Equal([1, 2], selection.Cells.Select(cell => cell.Line.Episode.Number));
        Assert.Equal([1, 2, 3, 3], drawn);
        Assert.True(lines[1].IsMarked(Language.DeDub));
        Assert.False(lines[2].IsMarked(Language.DeDub));
    }

    [Fact]
    public void A_line_that_is_read_again_without_news_is_not_drawn_again()
    {
        var line = new EpisodeLine(Make(new Decision(DecisionCode.Missing), Language.DeDub, [Language.DeDub]));

        line.Take(Make(new Decision(DecisionCode.Missing), Language.DeDub, [Language.DeDub]));
        Assert.Equal(0, line.Version);

        line.Take(Make(new Decision(DecisionCode.Missing), Language.DeDub, [Language.DeDub, Language.DeSub]));
        Assert.Equal(1, line.Version);
    }

    private static List<CoverageCell> Cells(List<EpisodeLine> lines, int from, int to) =>
        [.. lines.Where(line => line.Episode.Number >= from && line.Episode.Number <= to).Select(line => new CoverageCell(line, Language.DeDub))];

    private static EpisodeView Make(
        Decision decision, Language wanted, IReadOnlyList<Language> offered, IReadOnlyList<Language>? had = null, int number = 1) => new(
        1,
        number,
        "",
        new Dictionary<string, string> { ["de"] = "Titel" },
        null,
        offered,
        [.. (had ?? []).Select(language => new EpisodeFileView(language, "a.mp4", 1, false))],
        null,
        null,
        decision.Code == DecisionCode.Ignored,
        decision.Code == DecisionCode.Removed,
        decision.Code == DecisionCode.Missing,
        decision.Code == DecisionCode.Upgrade,
        wanted,
        decision);
}

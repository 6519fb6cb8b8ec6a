using System.Globalization;
using AniWorld.Blazor.Policy;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Tests.Policy;

public sealed class DecisionSentenceTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    [Fact]
    public void A_wait_says_until_when_for_what_and_what_there_is_already()
    {
        var decision = new Decision(DecisionCode.Waiting, ("language", "de-sub"), ("better", "de-dub"), ("since", "2026-11-20"))
        {
            Until = new DateTimeOffset(2026, 11, 27, 3, 0, 0, TimeSpan.Zero),
        };

        Assert.Equal("Waiting until 27 Nov for de-dub; de-sub is available since 20 Nov.", DecisionSentence.Of(decision, English));
        Assert.Equal("Wartet bis 27. November auf de-dub; de-sub gibt es seit 20. November.", DecisionSentence.Of(decision, German));
    }

    [Fact]
    public void A_day_of_another_year_names_the_year() => Assert.Equal(
        "You removed its file; that was noticed on 3 Mar 2025.", DecisionSentence.Of(new Decision(DecisionCode.Removed, ("date", "2025-03-03")), English));

    [Fact]
    public void What_a_hoster_answered_is_not_taken_for_a_place_to_fill_in() => Assert.Equal(
        "The download failed: http_404: {error} {until}",
        DecisionSentence.Of(new Decision(DecisionCode.Failed, ("error", "http_404: {error} {until}")), English));

    [Fact]
    public void Every_reason_has_a_sentence_and_a_name_in_both_languages()
    {
        foreach (var code in DecisionCode.All)
        {
            var decision = new Decision(code);
            Assert.NotEqual(DecisionSentence.Of(decision, English), DecisionSentence.Of(decision, German));
            Assert.NotEmpty(MissingTexts.Reason(code));
        }
    }
}

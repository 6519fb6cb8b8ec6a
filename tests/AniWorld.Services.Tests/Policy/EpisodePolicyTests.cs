using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;

namespace AniWorld.Services.Tests.Policy;

public sealed class EpisodePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly LanguageProfile Weekly = LanguageProfile.Default with { GraceDays = 7 };

    [Fact]
    public void What_the_source_has_in_the_first_language_is_fetched_at_once()
    {
        var decision = Decide(offers: [Offered("de-sub", 3), Offered("de-dub", 0)], profile: Weekly);

        Assert.Equal((DecisionCode.Missing, Language.DeDub), (decision.Code, decision.Fetch));
    }

    [Fact]
    public void A_better_language_is_waited_for_as_long_as_the_profile_says()
    {
        var waiting = Decide(offers: [Offered("de-sub", 3)], profile: Weekly);

        Assert.Equal((DecisionCode.Waiting, null, Now.AddDays(4)), (waiting.Code, waiting.Fetch, waiting.Until));
        Assert.Equal([("language", "de-sub"), ("better", "de-dub"), ("since", "2026-11-20")], waiting.Arguments);
        var after = Decide(offers: [Offered("de-sub", 3)], profile: Weekly, now: waiting.Until!.Value);
        Assert.Equal((DecisionCode.Missing, Language.DeSub), (after.Code, after.Fetch));
    }

    [Fact]
    public void The_wait_counts_from_the_first_language_that_would_do_and_does_not_begin_again_with_the_next()
    {
        var decision = Decide(offers: [Offered("en-sub", 5), Offered("de-sub", 1)], profile: Weekly);

        Assert.Equal((DecisionCode.Waiting, Now.AddDays(2)), (decision.Code, decision.Until));
    }

    [Fact]
    public void A_language_outside_of_the_profile_is_never_fetched()
    {
        var decision = Decide(offers: [Offered("en-dub", 90), Offered("ja", 90)]);

        Assert.Equal((DecisionCode.LanguageMissing, null), (decision.Code, decision.Fetch));
        Assert.Equal(("offered", "en-dub, ja"), decision.Arguments[0]);
    }

    [Fact]
    public void What_was_never_offered_is_told_from_what_is_offered_no_more()
    {
        Assert.Equal(DecisionCode.NotOffered, Decide().Code);
        Assert.Equal(DecisionCode.Withdrawn, Decide(offers: [Offered("de-dub", 9) with { Withdrawn = true }]).Code);
    }

    [Fact]
    public void What_is_on_disk_is_upgraded_until_the_cutoff_is_reached()
    {
        var profile = LanguageProfile.Default with { Cutoff = "de-sub" };

        var upgrade = Decide(files: ["en-sub"], offers: [Offered("de-sub", 0)], profile: profile);
        var reached = Decide(files: ["de-sub"], offers: [Offered("de-dub", 0)], profile: profile);
        var nothingBetter = Decide(files: ["en-sub"], offers: [Offered("en-sub", 0)], profile: profile);

        Assert.Equal((DecisionCode.Upgrade, Language.DeSub), (upgrade.Code, upgrade.Fetch));
        Assert.Equal((DecisionCode.Have, null), (reached.Code, reached.Fetch));
        Assert.Equal((DecisionCode.BelowCutoff, null), (nothingBetter.Code, nothingBetter.Fetch));
    }

    [Fact]
    public void Whether_the_better_one_replaces_the_other_is_in_the_reason()
    {
        var keeping = LanguageProfile.Default with { OnBetter = LanguageProfile.KeepBoth };

        var decision = Decide(files: ["en-sub"], offers: [Offered("de-dub", 0)], profile: keeping);

        Assert.Equal((DecisionCode.UpgradeBeside, Language.DeDub), (decision.Code, decision.Fetch));
    }

    [Fact]
    public void An_upgrade_that_is_not_the_best_one_waits_for_the_best_one()
    {
        var decision = Decide(files: ["en-sub"], offers: [Offered("en-sub", 90), Offered("de-sub", 2)], profile: Weekly);

        Assert.Equal((DecisionCode.UpgradeWaiting, null, Now.AddDays(5)), (decision.Code, decision.Fetch, decision.Until));
    }

    [Fact]
    public void A_file_of_unknown_language_is_good_enough()
    {
        var decision = Decide(files: ["unknown"], offers: [Offered("de-dub", 0)]);

        Assert.Equal((DecisionCode.HaveUnknown, null), (decision.Code, decision.Fetch));
    }

    [Fact]
    public void What_the_owner_ignored_removed_or_does_not_monitor_is_left_alone()
    {
        IReadOnlyList<Offer> offers = [Offered("de-dub", 0)];

        Assert.Equal(DecisionCode.Ignored, Decide(new EpisodeFacts(Ignored: true), offers).Code);
        Assert.Equal(DecisionCode.NotMonitored, Decide(new EpisodeFacts(Monitored: false), offers).Code);
        var removed = Decide(new EpisodeFacts(RemovedAt: Now), offers);
        Assert.Equal((DecisionCode.Removed, ("date", "2026-11-23")), (removed.Code, removed.Arguments[0]));
    }

    [Fact]
    public void A_better_file_that_the_owner_deleted_is_not_fetched_again_beside_the_other()
    {
        var facts = new EpisodeFacts(RemovedLanguages: ["de-dub"]);

        Assert.Equal(DecisionCode.BelowCutoff, Decide(facts, [Offered("de-dub", 9)], ["en-sub"]).Code);
        Assert.Equal(Language.DeSub, Decide(facts, [Offered("de-dub", 9), Offered("de-sub", 9)], ["en-sub"]).Fetch);
    }

    [Fact]
    public void A_download_that_failed_is_tried_again_after_as_long_as_it_has_been_failing()
    {
        IReadOnlyList<Offer> offers = [Offered("de-dub", 400)];

        Assert.Equal(Now.AddDays(-0.5).AddDays(1), Decide(offers: offers, history: Failed(begun: 0.6, failed: 0.5)).Until);
        Assert.Equal(Now.AddDays(-1).AddDays(9), Decide(offers: offers, history: Failed(begun: 10, failed: 1)).Until);
        Assert.Equal(Now.AddDays(-1).AddDays(30), Decide(offers: offers, history: Failed(begun: 100, failed: 1)).Until);
        Assert.Equal(DecisionCode.Missing, Decide(offers: offers, history: Failed(begun: 3, failed: 2)).Code);
        Assert.Equal(
            (DecisionCode.Failed, null), Decide(offers: offers, history: Failed(begun: 200, failed: 1)) is var given ? (given.Code, given.Until) : default);
    }

    [Fact]
    public void What_failed_or_was_cancelled_is_fetched_when_asked_again_or_when_something_newer_is_offered()
    {
        var cancelled = new EpisodeHistory(DownloadStatus.Cancelled, Language.DeSub, Now.AddDays(-5), Now.AddDays(-4));

        Assert.Equal(DecisionCode.Cancelled, Decide(offers: [Offered("de-sub", 9)], history: cancelled).Code);
        Assert.Equal(Language.DeSub, Decide(new EpisodeFacts(WantedAt: Now.AddDays(-1)), [Offered("de-sub", 9)], history: cancelled).Fetch);
        Assert.Equal(Language.DeDub, Decide(offers: [Offered("de-sub", 9), Offered("de-dub", 1)], history: cancelled).Fetch);
    }

    [Fact]
    public void What_waits_in_the_queue_is_not_fetched_a_second_time_in_another_language()
    {
        var open = new EpisodeHistory(DownloadStatus.Pending, Language.EnSub, Now, Now, "http_500: It failed.", Now.AddMinutes(5));

        var decision = Decide(offers: [Offered("de-dub", 1)], history: open);

        Assert.Equal((DecisionCode.Retrying, null, Now.AddMinutes(5)), (decision.Code, decision.Fetch, decision.Until));
    }

    private static EpisodeHistory Failed(double begun, double failed) =>
        new(DownloadStatus.Failed, Language.DeDub, Now.AddDays(-begun), Now.AddDays(-failed), "http_404: It is gone.");

    private static Offer Offered(string language, double daysAgo) => new(Language.Parse(language), Now.AddDays(-daysAgo));

    private static Decision Decide(
        EpisodeFacts? facts = null,
        IReadOnlyList<Offer>? offers = null,
        IReadOnlyList<string>? files = null,
        LanguageProfile? profile = null,
        EpisodeHistory? history = null,
        DateTimeOffset? now = null) => EpisodePolicy.Decide(
            facts ?? new EpisodeFacts(), offers ?? [], [.. (files ?? []).Select(Language.Parse)], profile ?? LanguageProfile.Default, history, now ?? Now);
}

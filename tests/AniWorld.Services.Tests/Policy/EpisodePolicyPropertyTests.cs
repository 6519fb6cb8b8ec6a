using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using CsCheck;

namespace AniWorld.Services.Tests.Policy;

/// <summary>What holds for any episode, whatever is known of it.</summary>
public sealed class EpisodePolicyPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Codes = ["de-dub", "de-sub", "en-dub", "en-sub", "ja"];

    private static readonly Gen<DateTimeOffset> Time = Gen.Int[-400, 0].Select(days => Now.AddDays(days));
    private static readonly Gen<Language> AnyLanguage = Gen.OneOf(Codes).Select(Language.Parse);

    private static readonly Gen<LanguageProfile> Profiles =
        from order in Gen.Shuffle(Codes)
        from length in Gen.Int[1, Codes.Length]
        from cutoff in Gen.Int[0, length - 1]
        from keeps in Gen.Bool
        from grace in Gen.OneOf(Gen.Const(0), Gen.Int[1, 30])
        select new LanguageProfile
        {
            Name = "any",
            Order = order[..length],
            Cutoff = order[cutoff],
            OnBetter = keeps ? LanguageProfile.KeepBoth : LanguageProfile.Replace,
            GraceDays = grace,
        };

    private static readonly Gen<IReadOnlyList<Offer>> Offers =
        from languages in Gen.Shuffle(Codes)
        from count in Gen.Int[0, Codes.Length]
        from times in Time.Array[count]
        from withdrawn in Gen.Bool.Array[count]
        select (IReadOnlyList<Offer>)[.. languages.Take(count).Select((code, i) => new Offer(Language.Parse(code), times[i], withdrawn[i]))];

    private static readonly Gen<EpisodeFacts> Facts =
        from monitored in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        from ignored in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        from removedAt in Perhaps(Time)
        from removed in Gen.OneOf(Codes).Array[0, 2]
        from wantedAt in Perhaps(Time)
        select new EpisodeFacts(monitored, ignored, removedAt, removed, wantedAt);

    private static readonly Gen<EpisodeHistory?> Histories = Gen.OneOf(
        Gen.Const((EpisodeHistory?)null),
        from status in Gen.OneOf(DownloadStatus.Pending, DownloadStatus.Downloading, DownloadStatus.Failed, DownloadStatus.Cancelled)
        from language in AnyLanguage
        from one in Time
        from other in Time
        select (EpisodeHistory?)new EpisodeHistory(status, language, one < other ? one : other, one < other ? other : one, "http_404: It is gone."));

    private static readonly Gen<Case> Cases =
        from facts in Facts
        from offers in Offers
        from files in Gen.OneOf(AnyLanguage, Gen.Const(Language.Unknown)).Array[0, 3]
        from profile in Profiles
        from history in Histories
        select new Case(facts, offers, files, profile, history);

    [Fact]
    public void Only_what_the_source_has_in_a_wanted_language_is_fetched() => Cases.Sample(given =>
    {
        if (given.Decide().Fetch is { } language)
        {
            Assert.Contains(given.Offers, offer => offer.Language == language && !offer.Withdrawn);
            Assert.Contains(language.Code, given.Profile.Order);
        }
    });

    [Fact]
    public void Nothing_is_fetched_twice_and_nothing_worse_than_what_is_there() => Cases.Sample(given =>
    {
        if (given.Decide().Fetch is { } language)
        {
            Assert.True(given.History is not { IsOpen: true });
            Assert.DoesNotContain(language, given.Files);
            Assert.True(LanguageChoice.Rank(given.Profile, language) < LanguageChoice.Rank(given.Profile, given.Files));
            Assert.DoesNotContain(Language.Unknown, given.Files);
            Assert.True(given.Files.Count == 0 || LanguageChoice.Rank(given.Profile, given.Files) > LanguageChoice.CutoffRank(given.Profile));
        }
    });

    [Fact]
    public void What_the_owner_does_not_want_is_not_fetched() => Cases.Sample(given =>
    {
        var fetch = given.Decide().Fetch;
        Assert.True(fetch is null || (given.Facts is { Monitored: true, Ignored: false } && (given.Files.Count > 0 || given.Facts.RemovedAt is null)));
        Assert.True(fetch is null || given.Files.Count == 0 || !given.Facts.RemovedLanguages!.Contains(fetch.Value.Code));
    });

    [Fact]
    public void The_same_is_decided_of_the_same() => Cases.Sample(given => Assert.Equal(given.Decide(), given.Decide()));

    [Fact]
    public void While_one_is_queued_and_once_it_is_there_it_is_not_asked_for_again() => Cases.Sample(given =>
    {
        var fetched = new HashSet<Language>();
        while (given.Decide().Fetch is { } language)
        {
            Assert.True(fetched.Add(language), $"{language} twice");
            Assert.Null((given with { History = new EpisodeHistory(DownloadStatus.Pending, language, Now, Now) }).Decide().Fetch);
            var stays = given.Profile.OnBetter == LanguageProfile.KeepBoth ? given.Files : [];
            given = given with { Files = [.. stays, language], History = null };
        }

        Assert.True(fetched.Count <= given.Profile.Order.Count);
    });

    [Fact]
    public void Whatever_waits_for_a_date_is_another_thing_on_that_date() => Cases.Sample(given =>
    {
        var decision = given.Decide();
        if (decision.Until is { } until)
        {
            Assert.Null(decision.Fetch);
            Assert.True(until > Now);
            Assert.NotEqual(decision.Code, given.Decide(until).Code);
            Assert.Equal(decision, given.Decide(until.AddTicks(-1)));
        }
    });

    [Fact]
    public void The_order_in_which_things_are_told_does_not_matter() => Cases.Sample(given => Assert.Equal(
        given.Decide().Fetch, (given with { Offers = [.. given.Offers.Reverse()], Files = [.. given.Files.Reverse()] }).Decide().Fetch));

    private static Gen<DateTimeOffset?> Perhaps(Gen<DateTimeOffset> time) =>
        Gen.Frequency((4, Gen.Const((DateTimeOffset?)null)), (1, time.Select(one => (DateTimeOffset?)one)));

    private sealed record Case(
        EpisodeFacts Facts, IReadOnlyList<Offer> Offers, IReadOnlyList<Language> Files, LanguageProfile Profile, EpisodeHistory? History)
    {
        public Decision Decide(DateTimeOffset? now = null) => EpisodePolicy.Decide(Facts, Offers, Files, Profile, History, now ?? Now);
    }
}

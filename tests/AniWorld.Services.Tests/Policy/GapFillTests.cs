using System.Security.Cryptography;
using AniWorld.Data.Library;
using AniWorld.SampleSite.Faults;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Downloads;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Policy;

/// <summary>The library completes itself as its profiles say, with a real catalogue, a real disk and a clock of its own.</summary>
[Trait("Database", "both")]
public sealed class GapFillTests
{
    [Fact]
    public async Task All_that_is_offered_in_a_wanted_language_is_fetched_once()
    {
        await using var world = await PolicyWorld.StartAsync(profile => profile with { Order = ["de-dub", "de-sub"] });

        Assert.Equal(6, await world.FillAsync());
        Assert.Equal(0, await world.FillAsync());

        Assert.Equal("de-dub", await world.OnDiskAsync(7));
        Assert.Equal("de-sub", await world.OnDiskAsync(6));
        Assert.Equal(DecisionCode.LanguageMissing, (await world.EpisodeAsync(3)).Decision.Code);
        Assert.Equal(6, world.Videos.Count);
    }

    [Fact]
    public async Task A_grace_time_holds_back_what_is_not_the_best_and_lets_it_go_when_it_ends()
    {
        await using var world = await PolicyWorld.StartAsync(profile => profile with { GraceDays = 7 });

        Assert.Equal(4, await world.FillAsync());
        Assert.Equal(DecisionCode.Waiting, (await world.EpisodeAsync(2)).Decision.Code);
        world.Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await world.FillAsync());
        world.Time.Advance(TimeSpan.FromDays(1.1));

        Assert.Equal(3, await world.FillAsync());
        Assert.Equal("de-sub", await world.OnDiskAsync(2));
    }

    [Fact]
    public async Task A_dub_that_comes_late_takes_the_place_of_the_subtitled_one_which_can_be_had_back()
    {
        await using var world = await PolicyWorld.StartAsync();
        await world.FillAsync();
        Assert.Equal("de-sub", await world.OnDiskAsync(2));
        world.Offer(2, "de-dub");

        await world.ScanAsync();
        Assert.Equal(0, await world.FillAsync());

        Assert.Equal("de-dub", await world.OnDiskAsync(2));
        Assert.Single(world.Trash());
        var replaced = Assert.Single(world.Events.OfType<EpisodeReplaced>());
        Assert.Equal((PolicyWorld.Key, 2, Language.DeDub), (replaced.Key, replaced.Number, replaced.Language));

        await world.Get<AnimeService>().PutBackAsync(replaced.Earlier);

        Assert.Equal("de-dub de-sub", await world.OnDiskAsync(2));
        Assert.Equal(0, await world.FillAsync());
        Assert.Empty(world.Trash());
    }

    [Fact]
    public async Task A_better_one_is_kept_beside_the_other_where_the_profile_says_so()
    {
        await using var world = await PolicyWorld.StartAsync(profile => profile with { OnBetter = LanguageProfile.KeepBoth });
        await world.FillAsync();
        world.Offer(2, "de-dub");

        await world.ScanAsync();
        await world.FillAsync();

        Assert.Equal("de-dub de-sub", await world.OnDiskAsync(2));
        Assert.Empty(world.Trash());
    }

    [Fact]
    public async Task A_language_that_the_owner_asked_for_stays_when_a_better_one_comes()
    {
        await using var world = await PolicyWorld.StartAsync();
        var asked = Assert.Single(await world.EnqueueAsync(PolicyWorld.Key, [7], language: Language.EnSub));
        await world.UntilAsync(asked, Data.Downloads.DownloadStatus.Completed);

        await world.FillAsync();

        Assert.Equal("de-dub en-sub", await world.OnDiskAsync(7));
        Assert.Empty(world.Trash());
    }

    [Fact]
    public async Task Names_without_a_language_do_not_keep_a_better_one_from_being_fetched()
    {
        await using var world = await PolicyWorld.StartAsync();
        world.Settings.Change(options => options with { Naming = options.Naming with { Episode = "{name} - S{season:00}E{episode:00}" } });
        await world.FillAsync();
        world.Offer(2, "de-dub");

        await world.ScanAsync();
        await world.FillAsync();

        var file = Assert.Single((await world.EpisodeAsync(2)).Files);
        Assert.Equal(Language.DeDub, file.Language);
        await using var there = File.OpenRead(Path.Join(world.Library, file.Path));
        Assert.Equal(
            world.Site.ClipOf(PolicyWorld.Key, 1, 2, "Rangeo", "de-dub").Sha256,
            Convert.ToHexStringLower(await SHA256.HashDataAsync(there)),
            ignoreCase: true);
    }

    [Fact]
    public async Task An_upgrade_that_cannot_be_had_does_not_become_a_downgrade()
    {
        await using var world = await PolicyWorld.StartAsync();
        await world.FillAsync();
        Assert.Equal("de-sub", await world.OnDiskAsync(6));
        world.Offer(6, "de-dub");
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Path = "/hoster/", Status = 404 });

        await world.ScanAsync();
        await world.FillAsync();

        Assert.Equal("de-sub", await world.OnDiskAsync(6));
        var decision = (await world.EpisodeAsync(6)).Decision;
        Assert.Equal(DecisionCode.FailedForNow, decision.Code);
        world.Site.Faults.Clear();
        world.Time.Advance(decision.Until!.Value - world.Time.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal(1, await world.FillAsync());
        Assert.Equal("de-dub", await world.OnDiskAsync(6));
    }

    [Fact]
    public async Task A_better_one_that_comes_up_while_an_episode_waits_is_fetched_in_its_place()
    {
        await using var world = await PolicyWorld.StartAsync();
        await world.Queue.StopAsync();
        await world.Get<GapFill>().RunAsync(CancellationToken.None);
        world.Offer(2, "de-dub");
        await world.ScanAsync();

        await world.Queue.StartAsync();
        await world.FillAsync();

        Assert.Equal("de-dub", await world.OnDiskAsync(2));
        Assert.Equal(7, world.Videos.Count);
    }

    [Fact]
    public async Task What_the_owner_deletes_is_not_fetched_again_until_it_is_wanted_again()
    {
        await using var world = await PolicyWorld.StartAsync();
        await world.FillAsync();
        File.Delete(world.Videos.Single(path => path.Contains("E01", StringComparison.Ordinal)));

        await world.ScanAsync();

        Assert.Equal(0, await world.FillAsync());
        Assert.Equal(DecisionCode.Removed, (await world.EpisodeAsync(1)).Decision.Code);
        await world.Get<AnimeService>().SetEpisodesAsync(PolicyWorld.Key, [new EpisodeNumber(1, 1)], ignored: null, wanted: true);
        Assert.Equal(1, await world.FillAsync());
        Assert.Equal("de-dub", await world.OnDiskAsync(1));
    }

    [Fact]
    public async Task A_file_that_was_only_renamed_counts_as_there()
    {
        await using var world = await PolicyWorld.StartAsync();
        await world.FillAsync();
        var path = world.Videos.Single(one => one.Contains("E01", StringComparison.Ordinal));
        File.Move(path, Path.Join(Path.GetDirectoryName(path), "Umbenannt S01E01 [de-dub].mp4"));

        await world.ScanAsync();

        var episode = await world.EpisodeAsync(1);
        Assert.Equal(DecisionCode.Have, episode.Decision.Code);
        Assert.True(Assert.Single(episode.Files).Verified);
        await using var database = world.Database();
        Assert.Equal("file.moved", (await database.History.SingleAsync(e => e.Kind.StartsWith("file."))).Kind);
        Assert.Null((await database.Episodes.SingleAsync(e => e.Season == 1 && e.Number == 1)).RemovedLanguages);
    }

    [Fact]
    public async Task What_was_taken_out_of_the_queue_stays_out_until_it_is_wanted_again()
    {
        await using var world = await PolicyWorld.StartAsync();
        await world.Queue.StopAsync();
        await world.Get<GapFill>().RunAsync(CancellationToken.None);
        var first = (await world.Queue.StateAsync()).Pending.Single(item => item.Number == 1);

        await world.Queue.RemoveAsync(first.Id);

        Assert.Equal(0, await world.Get<GapFill>().RunAsync(CancellationToken.None));
        Assert.Equal(DecisionCode.Cancelled, (await world.EpisodeAsync(1)).Decision.Code);
        await world.Get<AnimeService>().SetEpisodesAsync(PolicyWorld.Key, [new EpisodeNumber(1, 1)], ignored: null, wanted: true);
        Assert.Equal(1, await world.Get<GapFill>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Only_series_that_are_to_complete_themselves_do_so_and_each_by_its_own_profile()
    {
        await using var world = await PolicyWorld.StartAsync();
        world.Settings.Change(options => options with
        {
            Languages = options.Languages with { Profiles = [.. options.Languages.Profiles, new LanguageProfile { Name = "english", Order = ["en-sub"], Cutoff = "en-sub" }] },
        });
        var anime = world.Get<AnimeService>();
        await anime.ChangeAsync(PolicyWorld.Key, new SeriesChange(AutoDownload: new Given<bool?>(false)));
        Assert.Equal(0, await world.FillAsync());
        await anime.ChangeAsync(PolicyWorld.Key, new SeriesChange(AutoDownload: new Given<bool?>(null), LanguageProfile: new Given<string?>("english")));

        Assert.Equal(4, await world.FillAsync());

        Assert.All(world.Videos, path => Assert.Contains("[en-sub]", path));
        Assert.IsType<SeriesChangeResult.Invalid>(
            await anime.ChangeAsync(PolicyWorld.Key, new SeriesChange(LanguageProfile: new Given<string?>("nobody"))));
    }

    [Fact]
    public async Task A_page_that_no_longer_parses_changes_no_decision()
    {
        // Q5: known episodes stay, with what is known of them.
        await using var world = await PolicyWorld.StartAsync(profile => profile with { GraceDays = 7 });
        await world.FillAsync();
        await world.FillAsync();
        var before = await DecisionsAsync(world);
        world.Site.Faults.Add(new Fault(FaultKind.Layout));

        await world.ScanAsync();
        await world.FillAsync();

        Assert.Equal(before, await DecisionsAsync(world));
    }

    [Fact]
    public async Task A_clock_that_goes_back_an_hour_or_on_a_day_fetches_nothing_twice()
    {
        // Q6, as far as decisions go: what was decided follows from dates, not from how often somebody looked.
        await using var world = await PolicyWorld.StartAsync(profile => profile with { GraceDays = 3 });
        await world.FillAsync();
        world.Time.Advance(TimeSpan.FromDays(4));
        var queued = await world.FillAsync();
        var requests = world.HosterRequests.Count;

        world.Time.AdjustTime(world.Time.GetUtcNow().AddHours(-1));
        var back = await world.FillAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        var on = await world.FillAsync();

        Assert.Equal((3, 0, 0), (queued, back, on));
        Assert.Equal(requests, world.HosterRequests.Count);
    }

    private static async Task<IReadOnlyList<(int, string?, DateTimeOffset?)>> DecisionsAsync(QueueWorld world)
    {
        await using var database = world.Database();
        return [.. (await database.Episodes.OrderBy(e => e.Number).ToListAsync()).Select(e => (e.Number, e.DecisionCode, e.DecisionUntil))];
    }
}

using AniWorld.SampleSite.Faults;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using FaultKind = AniWorld.SampleSite.Faults.FaultKind;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>A catalogue site whose pages no longer read, while things need them.</summary>
[Trait("Database", "both")]
public sealed class SiteOutageTests
{
    private const string Series = "chronik-der-tausend-boten";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_of_a_redesigned_site_wait_instead_of_failing_one_by_one_and_go_on_by_themselves()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(Series);
        var redesign = world.Site.Faults.Add(new Fault(FaultKind.Layout) { Path = "/anime/stream" });

        var ids = await world.EnqueueAsync(Series, Enumerable.Range(1, 12));
        await world.UntilAsync(
            async () => (await world.Queue.StateAsync()) is { Active.Count: 0 } state && state.Pending.All(item => item.NextRetryAt > world.Time.GetUtcNow().AddMinutes(1)),
            () => $"{world.Site.Requests.All.Count} requests");

        var state = await world.Queue.StateAsync();
        Assert.Equal((12, 0), (state.Pending.Count, state.Failed.Count));
        Assert.All(state.Pending, item => Assert.StartsWith("provider_changed: ", item.Error, StringComparison.Ordinal));
        var notice = Assert.Single(world.Events.OfType<SystemNotice>());
        Assert.Equal(("warning", "provider_changed"), (notice.Level, notice.Code));
        Assert.Contains("aniworld needs attention", notice.Message, StringComparison.Ordinal);

        world.Site.Faults.Remove(redesign);
        // Minutes that pass at once while a page is read are not to end that.
        world.Settings.Change(options => options with { Limits = options.Limits with { ParseSeconds = 3_600 } });
        await world.UntilAsync(
            async () =>
            {
                var now = await world.Queue.StateAsync();
                if (now.Active.Count == 0)
                {
                    // How long the site is left alone depends on how often it was tried meanwhile.
                    world.Time.Advance(TimeSpan.FromMinutes(1));
                }

                return now.Completed.Count == ids.Count;
            },
            () => $"{world.Events.OfType<DownloadCompleted>().Count()} completed");

        Assert.Equal(["warning", "info"], world.Events.OfType<SystemNotice>().Select(one => one.Level));
        Assert.Null(world.Get<SiteHealth>().TroubleOf("aniworld"));
    }

    [Fact]
    public async Task A_refresh_of_a_redesigned_site_keeps_what_is_known_and_asks_no_further()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(Series);
        await world.AddAsync("windspiel");
        await world.AddAsync("kurz-und-knapp");
        await world.AddAsync("drei-zungen");
        var before = await OffersAsync(world);
        world.Site.Faults.Add(new Fault(FaultKind.Layout) { Path = "/anime/stream" });

        await MakeDueAsync(world);
        await world.RunAsync(world.Get<CatalogueRefresh>().RunAsync(Token));
        var asked = world.Site.Requests.All.Count;
        await MakeDueAsync(world);
        await world.RunAsync(world.Get<CatalogueRefresh>().RunAsync(Token));

        Assert.Equal(before, await OffersAsync(world));
        Assert.Equal(asked, world.Site.Requests.All.Count);
        await world.UntilAsync(() => Task.FromResult(world.Events.OfType<SystemNotice>().Any()), () => "no notice");
        Assert.Single(world.Events.OfType<SystemNotice>());
        await using var database = world.Database();
        Assert.True(await database.Series.AnyAsync(series => series.NextRefreshAt <= world.Time.GetUtcNow(), Token));
    }

    [Fact]
    public async Task A_budget_that_is_spent_ends_the_refresh_and_says_when_it_goes_on()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(Series);
        await world.AddAsync("windspiel");
        await world.AddAsync();
        var options = world.Settings.CurrentValue;
        var spent = world.Get<SiteBudget>().SpentToday("aniworld");
        world.Settings.Change(_ => options with
        {
            Providers = new Dictionary<string, ProviderOptions>
            {
                ["aniworld"] = options.Providers["aniworld"] with { RequestsPerDay = Math.Max(10, spent) },
            },
        });
        await MakeDueAsync(world);
        var asked = world.Site.Requests.All.Count;

        var outcome = await world.RunAsync(world.Get<CatalogueRefresh>().RunAsync(Token));

        Assert.InRange(world.Site.Requests.All.Count - asked, 0, Math.Max(10, spent) - spent);
        Assert.Contains("requests for today", outcome.Message.ToString(), StringComparison.Ordinal);
        Assert.Matches("until 23 Nov [0-9:]+ at the earliest", outcome.Message.ToString());
    }

    [Fact]
    public async Task What_the_catalogue_says_again_changes_nothing_and_plans_the_next_look()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(Series);
        await MakeDueAsync(world);

        var outcome = await world.RunAsync(world.Get<CatalogueRefresh>().RunAsync(Token));

        Assert.StartsWith("Series looked at: 1, with news: 0.", outcome.Message.ToString(), StringComparison.Ordinal);
        await using var database = world.Database();
        var series = await database.Series.SingleAsync(Token);
        Assert.Equal((RefreshReason.Recent, 0), (series.RefreshReason, series.RefreshFailures));
        Assert.InRange(series.NextRefreshAt!.Value, world.Time.GetUtcNow().AddHours(23), world.Time.GetUtcNow().AddHours(28));
    }

    private static async Task MakeDueAsync(QueueWorld world)
    {
        await using var database = world.Database();
        await database.Series.ExecuteUpdateAsync(set => set.SetProperty(series => series.NextRefreshAt, world.Time.GetUtcNow().AddMinutes(-1)), Token);
    }

    private static async Task<int> OffersAsync(QueueWorld world)
    {
        await using var database = world.Database();
        return await database.EpisodeAvailability.CountAsync(offer => offer.WithdrawnAt == null, Token);
    }
}

using AniWorld.Data.Downloads;
using AniWorld.SampleSite.Faults;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using FaultKind = AniWorld.SampleSite.Faults.FaultKind;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>A hoster that is down while many items want it.</summary>
[Trait("Database", "both")]
public sealed class HosterOutageTests
{
    private const string Series = "chronik-der-tausend-boten";

    [Fact]
    public async Task Items_of_a_dead_hoster_wait_with_a_sentence_one_notice_is_given_and_they_go_on_by_themselves()
    {
        await using var world = await QueueWorld.StartAsync();
        world.LeaveOnly("Rangeo");
        var outage = world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = 500 });
        await world.AddAsync(Series);

        var ids = await world.EnqueueAsync(Series, Enumerable.Range(1, 30));
        await world.UntilAsync(
            async () => (await world.Queue.StateAsync()) is { Active.Count: 0 } state && state.Pending.All(item => item.Error is not null),
            () => $"{world.HosterRequests.Count} requests");

        var waiting = (await world.Queue.StateAsync()).Pending;
        Assert.Equal(30, waiting.Count);
        Assert.All(waiting, item => Assert.Matches("^http_500: .*Rangeo", item.Error));
        Assert.All(waiting, item => Assert.True(item.NextRetryAt > world.Time.GetUtcNow()));
        Assert.Contains(waiting, item => item.RetryCount == 0 && item.Error!.Contains("left alone until", StringComparison.Ordinal));
        var notice = Assert.Single(world.Events.OfType<SystemNotice>());
        Assert.Equal(("warning", "http_500"), (notice.Level, notice.Code));
        await world.Get<SourceHealthService>().FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(Assert.Single(await world.Get<HosterHealth>().ListAsync(), state => state.Record.Name == "Rangeo").Rest);
        Assert.InRange(world.HosterRequests.Count(request => request.Path.StartsWith("/hoster/rangeo/", StringComparison.Ordinal)), 6, 12);

        world.Site.Faults.Remove(outage);
        world.Time.Advance(TimeSpan.FromSeconds(40));
        foreach (var id in ids)
        {
            await world.UntilAsync(id, DownloadStatus.Completed);
        }

        Assert.Equal(["warning", "info"], world.Events.OfType<SystemNotice>().Select(one => one.Level));
    }

    [Fact]
    public async Task Items_that_another_hoster_has_go_on_there_without_asking_the_dead_one()
    {
        await using var world = await QueueWorld.StartAsync();
        world.Settings.Change(options => options with { Hosters = new HosterOptions { Order = ["Rangeo", "Plainfile"] } });
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = 500 });
        await world.AddAsync(Series);

        var ids = await world.EnqueueAsync(Series, Enumerable.Range(1, 20));
        foreach (var id in ids)
        {
            Assert.Equal("Plainfile", (await world.UntilAsync(id, DownloadStatus.Completed)).Hoster);
        }

        Assert.InRange(world.HosterRequests.Count(request => request.Path.StartsWith("/hoster/rangeo/", StringComparison.Ordinal)), 6, 12);
        Assert.Single(world.Events.OfType<SystemNotice>());
    }
}

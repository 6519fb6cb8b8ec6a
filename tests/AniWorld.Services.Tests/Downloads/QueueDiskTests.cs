using AniWorld.Data.Downloads;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;
using Microsoft.EntityFrameworkCore;
using FaultKind = AniWorld.SampleSite.Faults.FaultKind;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>Room on the disk, and what an earlier run left there.</summary>
[Trait("Database", "both")]
public sealed class QueueDiskTests
{
    private const int Tebibyte = 1 << 20;

    [Fact]
    public async Task Without_room_for_the_reserve_nobody_is_asked_and_the_items_go_on_by_themselves()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync();
        world.Settings.ChangeDownloads(downloads => downloads with { MinFreeMb = Tebibyte });
        var seen = world.Site.Requests.All.Count;

        var ids = await world.EnqueueAsync(QueueWorld.Key, [1, 2, 3]);
        foreach (var id in ids)
        {
            var waiting = await world.UntilAsync(id, item => item.Error is not null);
            Assert.StartsWith("disk_full: ", waiting.Error, StringComparison.Ordinal);
            Assert.Equal((DownloadStatus.Pending, 0), (waiting.Status, waiting.RetryCount));
            Assert.InRange(waiting.NextRetryAt!.Value - world.Time.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromSeconds(60));
        }

        world.Time.Advance(TimeSpan.FromSeconds(45));
        await world.UntilAsync(ids[0], item => item.NextRetryAt > world.Time.GetUtcNow());
        Assert.Equal(seen, world.Site.Requests.All.Count);

        var freed = world.Time.GetUtcNow();
        world.Settings.ChangeDownloads(downloads => downloads with { MinFreeMb = 0 });
        world.Time.Advance(TimeSpan.FromSeconds(31));
        foreach (var id in ids)
        {
            Assert.InRange((await world.UntilAsync(id, DownloadStatus.Completed)).CompletedAt!.Value - freed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task A_disk_that_runs_out_midway_makes_it_wait_and_go_on_from_the_same_byte()
    {
        await using var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 16 << 20, Throttle = 4 << 20 });
        world.LeaveOnly("Rangeo");
        await world.AddAsync();
        var id = await world.EnqueueAsync();
        await world.UntilAsync(id, item => item.DownloadedBytes > 1 << 20);
        await world.Queue.PauseAsync();
        await world.Queue.StopAsync();
        await world.UntilAsync(id, DownloadStatus.Pending);
        world.Settings.ChangeDownloads(downloads => downloads with { MinFreeMb = Tebibyte });
        await world.Queue.ResumeAsync();
        await world.Queue.StartAsync();
        var waiting = await world.UntilAsync(id, item => item.Error is not null);
        Assert.StartsWith("disk_full: ", waiting.Error, StringComparison.Ordinal);
        Assert.NotEmpty(world.Partials);
        var seen = world.HosterRequests.Count;

        world.Settings.ChangeDownloads(downloads => downloads with { MinFreeMb = 0 });
        world.Time.Advance(TimeSpan.FromSeconds(31));

        await world.UntilAsync(id, DownloadStatus.Completed);
        Assert.Contains(world.HosterRequests.Skip(seen), request => request.Range is { } range && !range.StartsWith("bytes=0-", StringComparison.Ordinal));
        Assert.Equal(1, (await world.Queue.StateAsync()).Statistics.CompletedCount);
    }

    [Fact]
    public async Task A_finished_file_whose_end_was_not_noted_is_completed_without_a_question_also_when_its_hoster_is_gone()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync();
        var id = await world.EnqueueAsync();
        await world.UntilAsync(id, DownloadStatus.Completed);
        var file = Assert.Single(world.Videos);
        await world.StopAsync();
        await using (var database = world.Database())
        {
            // As after kill -9 between the rename and the commit.
            var path = Path.ChangeExtension(Path.GetRelativePath(world.Library, file), null);
            await database.EpisodeFiles.ExecuteDeleteAsync();
            await database.Downloads.ExecuteUpdateAsync(set => set
                .SetProperty(item => item.Status, DownloadStatus.Downloading)
                .SetProperty(item => item.FilePath, path)
                .SetProperty(item => item.CompletedAt, (DateTimeOffset?)null)
                .SetProperty(item => item.LeaseOwner, "killed")
                .SetProperty(item => item.LeaseUntil, world.Time.GetUtcNow().AddMinutes(1)));
        }

        world.Site.Faults.Add(new Fault(FaultKind.Status) { Status = 404 });
        var seen = world.Site.Requests.All.Count;
        await world.StartAsync();

        var done = await world.UntilAsync(id, DownloadStatus.Completed);
        Assert.Equal("Rangeo", done.Hoster);
        Assert.Equal(seen, world.Site.Requests.All.Count);
        Assert.Equal([file], world.Videos);
        await using var after = world.Database();
        Assert.Single(await after.EpisodeFiles.ToListAsync(TestContext.Current.CancellationToken));
    }
}

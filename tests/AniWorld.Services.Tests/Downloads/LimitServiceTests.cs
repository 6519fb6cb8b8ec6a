using AniWorld.Data.Downloads;
using AniWorld.SampleSite;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>Limits that change while the queue runs. The world's clock begins on a Sunday at 12:00 UTC.</summary>
[Trait("Database", "both")]
public sealed class LimitServiceTests
{
    [Fact]
    public async Task A_changed_setting_takes_effect_at_once()
    {
        await using var world = await QueueWorld.StartAsync();
        var limits = world.Get<TransferLimits>();
        Assert.Equal((0, 16), (limits.BytesPerSecond, limits.ConnectionsPerHost));

        world.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 1.5, PerHost = 4 });

        Assert.Equal((3 << 19, 4), (limits.BytesPerSecond, limits.ConnectionsPerHost));
        Assert.Equal(1.5, world.Get<LimitService>().Current.MebibytesPerSecond);
    }

    [Fact]
    public async Task The_schedule_begins_and_ends_by_itself()
    {
        await using var world = await QueueWorld.StartAsync();
        var limits = world.Get<TransferLimits>();
        var rule = new SpeedRule { Days = ["sun"], From = "13:00", To = "14:00", LimitMbps = 2 };
        world.Settings.Change(options => options with
        {
            Downloads = options.Downloads with { SpeedLimitMbps = 8, SpeedSchedule = [rule] },
            Scheduler = options.Scheduler with { TimeZone = "UTC" },
        });
        Assert.Equal(8 << 20, limits.BytesPerSecond);

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.UntilAsync(() => Task.FromResult(limits.BytesPerSecond == 2 << 20), () => $"{limits.BytesPerSecond}");
        Assert.Equal(rule, world.Get<LimitService>().Current.Rule);

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.UntilAsync(() => Task.FromResult(limits.BytesPerSecond == 8 << 20), () => $"{limits.BytesPerSecond}");
    }

    [Fact]
    public async Task A_running_download_is_slowed_down_and_let_go_again()
    {
        await using var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        world.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0.25 });
        await world.AddAsync();
        var id = await world.EnqueueAsync();
        var started = world.Time.GetUtcNow();
        await world.UntilAsync(() => Task.FromResult(world.Time.GetUtcNow() - started >= TimeSpan.FromSeconds(3)), () => "");
        Assert.InRange(world.Get<Services.Progress.ProgressService>().Latest(id)!.DownloadedBytes, 1, 2 << 20);

        world.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0 });

        await world.UntilAsync(id, DownloadStatus.Completed);
        Assert.InRange(world.Time.GetUtcNow() - started, TimeSpan.Zero, TimeSpan.FromSeconds(25));
    }
}

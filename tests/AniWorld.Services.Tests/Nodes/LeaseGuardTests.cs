using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Nodes;

/// <summary>What a node that was frozen for longer than its lease may still do: nothing.</summary>
[Trait("Database", "postgresql")]
public sealed class LeaseGuardTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;
    private readonly DownloadClaims _claims;
    private readonly PartPaths _paths;

    public LeaseGuardTests()
    {
        _database = TestDatabase.OnServer(_time);
        _claims = new DownloadClaims(
            _database, new ThisNode(_database.Place, new DataFolder(_database.Folder, _database.Folder)), new LeaseClock(_time),
            new FixedOptions(new AniWorldOptions()), _time);
        _paths = new TargetPaths(Path.Join(_database.Folder, "Episode")).Video;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Frozen_for_five_minutes_it_writes_nothing_and_asks_nobody()
    {
        var (guard, running) = await TakeAsync();
        using var file = new PartFile(_paths, OptionsOf(guard), _time);
        file.Write("before"u8, 0);

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Throws<OperationCanceledException>(() => file.Write("after!"u8, 0));
        await Assert.ThrowsAsync<OperationCanceledException>(() => file.FlushAsync(() => throw new InvalidOperationException("The journal is not asked for.")));
        Assert.Equal(StopReason.LeaseLost, running.Reason);
        Assert.Equal("before"u8.ToArray(), Read(file));
    }

    [Fact]
    public async Task As_long_as_it_renews_its_lease_it_may_write()
    {
        var (guard, running) = await TakeAsync();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            Assert.True(guard.MayWrite());
            Assert.True(await guard.RenewAsync(Token));
        }

        Assert.Null(running.Reason);
    }

    [Fact]
    public async Task Right_before_the_last_step_it_is_asked_whose_the_item_is()
    {
        var (guard, running) = await TakeAsync();
        await using (var database = _database.CreateDbContext())
        {
            await database.Downloads.ExecuteUpdateAsync(set => set.SetProperty(i => i.LeaseNumber, i => i.LeaseNumber + 1), Token);
        }

        Assert.True(guard.MayWrite());
        await Assert.ThrowsAsync<OperationCanceledException>(() => OptionsOf(guard).RequireMayFinishAsync(Token));
        Assert.Equal(StopReason.LeaseLost, running.Reason);
    }

    [Fact]
    public async Task An_item_that_was_removed_on_another_node_is_told_from_one_that_went_on_elsewhere()
    {
        var (guard, running) = await TakeAsync();
        await using (var database = _database.CreateDbContext())
        {
            await database.Downloads.ExecuteUpdateAsync(
                set => set.SetProperty(i => i.DeletedAt, _time.GetUtcNow()), Token);
        }

        Assert.True(guard.MayWrite());
        Assert.False(await guard.RenewAsync(Token));
        Assert.Equal(StopReason.Removed, running.Reason);
        Assert.False(guard.MayWrite());
    }

    [Fact]
    public async Task What_a_frozen_node_holds_open_is_put_aside_and_its_late_writes_reach_nobody()
    {
        var (guard, _) = await TakeAsync();
        using var frozen = new PartFile(_paths, new MediaDownloadOptions(), _time);
        frozen.Write("frozen"u8, 0);

        using var taken = new PartFile(_paths, OptionsOf(guard), _time);
        taken.Write("taken!"u8, 0);
        frozen.Write("woken!"u8, 0);

        Assert.Equal("taken!"u8.ToArray(), Read(taken));
    }

    private static byte[] Read(PartFile file)
    {
        var bytes = new byte[file.Length];
        file.Read(bytes, 0);
        return bytes;
    }

    private static MediaDownloadOptions OptionsOf(LeaseGuard guard) => new()
    {
        FreeSpaceReserve = 0,
        MayWrite = guard.MayWrite,
        MayFinish = guard.RenewAsync,
        TakesOver = true,
    };

    private async Task<(LeaseGuard Guard, RunningDownload Running)> TakeAsync()
    {
        await using (var database = _database.CreateDbContext())
        {
            database.Add(new DownloadQueueItem
            {
                Id = Guid.NewGuid(),
                SeriesKey = "a",
                SeriesName = "A",
                SeriesFolder = "A",
                Season = 1,
                Number = 1,
                Language = Language.DeDub,
            });
            await database.SaveChangesAsync(Token);
        }

        var (item, claim) = (await _claims.TakeAsync(Token))!.Value;
        var running = new RunningDownload(item);
        return (new LeaseGuard(_claims, claim, running, _time), running);
    }
}

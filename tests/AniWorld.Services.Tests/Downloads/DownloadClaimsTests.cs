using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>What becomes of items whose worker is gone.</summary>
[Trait("Database", "both")]
public sealed class DownloadClaimsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;

    public DownloadClaimsTests()
    {
        _database = new TestDatabase(_time);
        Node = new ThisNode(_database.Place, new DataFolder(_database.Folder, _database.Folder));
    }

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(DownloadStatus.Resolving)]
    [InlineData(DownloadStatus.Downloading)]
    [InlineData(DownloadStatus.Processing)]
    [InlineData(DownloadStatus.Paused)]
    public async Task At_the_start_a_dead_process_s_items_are_pending_again(DownloadStatus status)
    {
        var id = await AddAsync(status, owner: Dead);

        Assert.Equal(1, await Claims().TakeBackAsync(default));

        await AssertFreeAsync(id, DownloadStatus.Pending);
    }

    [Fact]
    public async Task What_the_user_paused_while_it_ran_is_paused_after_a_kill()
    {
        var id = await AddAsync(DownloadStatus.Downloading, owner: Dead, pausedByUser: true);

        await Claims().TakeBackAsync(default);

        await AssertFreeAsync(id, DownloadStatus.Paused);
    }

    [Fact]
    public async Task What_the_user_paused_before_is_not_counted_as_interrupted()
    {
        await AddAsync(DownloadStatus.Paused, owner: null, pausedByUser: true);

        Assert.Equal(0, await Claims().TakeBackAsync(default));
    }

    [Fact]
    public async Task An_item_whose_end_could_not_be_noted_is_taken_again_once_its_lease_is_out()
    {
        var claims = Claims();
        var id = await AddAsync(DownloadStatus.Pending, owner: null);
        Assert.NotNull(await claims.TakeAsync(default));

        Assert.Equal(0, (await claims.TakeBackLapsedAsync([], default)).Returned);
        _time.Advance(claims.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await claims.TakeBackLapsedAsync([], default)).Returned);

        await AssertFreeAsync(id, DownloadStatus.Pending);
    }

    [Fact]
    public async Task An_item_whose_run_never_ends_in_order_is_worn_out_after_five_times()
    {
        var claims = Claims();
        var id = await AddAsync(DownloadStatus.Pending, owner: null);
        List<LapsedDownloads> ends = [];
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(await claims.TakeAsync(default));
            _time.Advance(claims.Lease + TimeSpan.FromSeconds(1));
            ends.Add(await claims.TakeBackLapsedAsync([], default));
        }

        Assert.Equal([(1, 0), (1, 0), (1, 0), (1, 0), (0, 1)], ends.Select(end => (end.Returned, end.WornOut.Count)));
        var (item, claim) = ends[^1].WornOut[0];
        Assert.Equal((id, 4), (item.Id, item.RetryCount));
        Assert.True(await claims.ReleaseAsync(claim, DownloadStatus.Failed, "internal: over", 5, null));
        Assert.Null(await claims.TakeAsync(default));
    }

    [Fact]
    public async Task An_item_that_still_runs_here_is_not_taken_back()
    {
        var claims = Claims();
        var id = await AddAsync(DownloadStatus.Pending, owner: null);
        await claims.TakeAsync(default);
        _time.Advance(claims.Lease + TimeSpan.FromSeconds(1));

        Assert.Equal(0, (await claims.TakeBackLapsedAsync([id], default)).Returned);
    }

    private ThisNode Node { get; }

    /// <summary>What a lease carries that a process of this node left behind.</summary>
    private string Dead => Node.IsShared ? Node.OwnerPrefix + "dead" : "dead";

    private DownloadClaims Claims() => new(_database, Node, new LeaseClock(_time), new FixedOptions(new AniWorldOptions()), _time);

    private async Task<Guid> AddAsync(DownloadStatus status, string? owner, bool pausedByUser = false)
    {
        await using var database = _database.CreateDbContext();
        var item = new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = "a",
            SeriesName = "A",
            SeriesFolder = "A",
            Season = 1,
            Number = 1,
            Language = Language.Parse("de-dub"),
            Status = status,
            LeaseOwner = owner,
            LeaseUntil = owner is null ? null : _time.GetUtcNow().AddMinutes(1),
            PausedByUser = pausedByUser,
        };
        database.Add(item);
        await database.SaveChangesAsync();
        return item.Id;
    }

    private async Task AssertFreeAsync(Guid id, DownloadStatus status)
    {
        await using var database = _database.CreateDbContext();
        var item = await database.Downloads.SingleAsync(i => i.Id == id);
        Assert.Equal((status, null, null), (item.Status, item.LeaseOwner, item.LeaseUntil));
    }
}

using System.Collections.Concurrent;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Nodes;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Nodes;

/// <summary>Several nodes that take from one queue on a real PostgreSQL, and go by its clock.</summary>
[Trait("Database", "postgresql")]
public sealed class SharedClaimsTests : IDisposable
{
    private readonly TestDatabase _database = TestDatabase.OnServer();
    private readonly DownloadClaims _one;
    private readonly DownloadClaims _other;

    public SharedClaimsTests() => (_one, _other) = (Node("one"), Node("other"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Two_nodes_with_four_workers_each_take_200_items_each_once()
    {
        await AddAsync(200);
        var taken = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => WorkAsync(worker % 2 == 0 ? _one : _other)));

        Assert.Equal(200, taken.Count);
        Assert.Equal(200, taken.Distinct().Count());

        async Task WorkAsync(DownloadClaims claims)
        {
            while (await claims.TakeAsync(Token) is { } item)
            {
                taken.Add(item.Item.Id);
                Assert.True(await claims.ReleaseAsync(item.Claim, DownloadStatus.Completed, null, 0, null, cancellationToken: Token));
            }
        }
    }

    [Fact]
    public async Task All_nodes_together_take_no_more_than_may_run_at_once()
    {
        await AddAsync(30);
        var (one, other) = (Node("third", parallel: 3), Node("fourth", parallel: 3));

        var takes = await Task.WhenAll(Enumerable.Range(0, 12).Select(take => (take % 2 == 0 ? one : other).TakeAsync(Token)));

        Assert.Equal(3, takes.Count(take => take is not null));
    }

    [Fact]
    public async Task An_item_that_somebody_is_just_changing_is_passed_over_and_not_waited_for()
    {
        var ids = await AddAsync(2);
        await using var database = _database.CreateDbContext();
        await using var transaction = await database.Database.BeginTransactionAsync(Token);
        await database.Downloads.Where(i => i.Id == ids[0]).ExecuteUpdateAsync(set => set.SetProperty(i => i.Title, "Changing"), Token);

        Assert.Equal(ids[1], (await _one.TakeAsync(Token))?.Item.Id);
    }

    [Fact]
    public async Task What_a_silent_node_had_goes_on_elsewhere_and_the_node_can_do_nothing_to_it_any_more()
    {
        var id = (await AddAsync(1))[0];
        var lost = (await _one.TakeAsync(Token))!.Value.Claim;
        Assert.Equal(0, (await _other.TakeBackLapsedAsync([], Token)).Returned);

        await LetLeasesEndAsync();
        Assert.Equal(1, (await _other.TakeBackLapsedAsync([], Token)).Returned);
        var (item, claim) = (await _other.TakeAsync(Token))!.Value;

        Assert.Equal((id, lost.LeaseNumber + 1), (item.Id, claim.LeaseNumber));
        Assert.False(await _one.RenewAsync(lost, Token));
        Assert.False(await _one.BeatAsync(lost, DownloadStatus.Processing, 1, 1, 100, Token));
        Assert.False(await _one.SetSourceAsync(lost, "Rangeo", "elsewhere", Token));
        Assert.False(await _one.ReleaseAsync(lost, DownloadStatus.Completed, null, 0, null, cancellationToken: Token));
        Assert.True(await _other.RenewAsync(claim, Token));
        await using var database = _database.CreateDbContext();
        Assert.Equal((DownloadStatus.Resolving, null), await StateAsync(id));
    }

    [Fact]
    public async Task Both_nodes_may_find_the_same_lapsed_items_and_count_them_once()
    {
        await AddAsync(20);
        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull(await _one.TakeAsync(Token));
        }

        await LetLeasesEndAsync();
        var third = Node("third");
        var back = await Task.WhenAll(_other.TakeBackLapsedAsync([], Token), third.TakeBackLapsedAsync([], Token));

        Assert.Equal(20, back.Sum(lapsed => lapsed.Returned));
        await using var database = _database.CreateDbContext();
        Assert.All(await database.Downloads.ToListAsync(Token), item => Assert.Equal(1, item.RetryCount));
    }

    [Fact]
    public async Task A_node_that_starts_again_takes_its_own_items_back_and_leaves_the_others_theirs()
    {
        await AddAsync(2);
        var own = (await _one.TakeAsync(Token))!.Value.Claim;
        var others = (await _other.TakeAsync(Token))!.Value.Claim;

        Assert.Equal(1, await Node("one").TakeBackAsync(Token));

        Assert.Equal((DownloadStatus.Pending, null), await StateAsync(own.Id));
        Assert.True(await _other.RenewAsync(others, Token));
    }

    private DownloadClaims Node(string name, int parallel = 20)
    {
        var data = new DataFolder(Path.Join(_database.Folder, name), Path.Join(_database.Folder, name));
        var options = new AniWorldOptions { Downloads = new DownloadOptions { Parallel = parallel } };
        return new DownloadClaims(
            _database, new ThisNode(_database.Place, data), new ServerLeaseClock(TimeProvider.System), new FixedOptions(options), TimeProvider.System);
    }

    private async Task<IReadOnlyList<Guid>> AddAsync(int count)
    {
        await using var database = _database.CreateDbContext();
        var items = Enumerable.Range(1, count).Select(number => new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = "a",
            SeriesName = "A",
            SeriesFolder = "A",
            Season = 1,
            Number = number,
            Language = Language.DeDub,
            Position = number,
        }).ToList();
        database.AddRange(items);
        await database.SaveChangesAsync(Token);
        return [.. items.Select(item => item.Id)];
    }

    /// <summary>As after the time of a lease without a word; the server's clock cannot be put forward.</summary>
    private async Task LetLeasesEndAsync()
    {
        await using var database = _database.CreateDbContext();
        await database.Database.ExecuteSqlAsync($"""UPDATE "Downloads" SET "LeaseUntil" = clock_timestamp() - interval '1 second'""", Token);
    }

    private async Task<(DownloadStatus Status, string? Error)> StateAsync(Guid id)
    {
        await using var database = _database.CreateDbContext();
        var item = await database.Downloads.SingleAsync(i => i.Id == id, Token);
        return (item.Status, item.Error);
    }
}

using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Auth;
using AniWorld.Services.Nodes.Backplane;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Nodes.Backplane;

/// <summary>What one node tells another, on a real PostgreSQL, with a real Redis and without.</summary>
[Trait("Database", "postgresql")]
public sealed class BackplaneTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;
    private RedisServer? _redis;

    public BackplaneTests() => _database = TestDatabase.OnServer(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database?.Dispose();
        _redis?.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_happens_on_one_node_is_told_once_on_the_other_and_not_once_more_on_its_own(bool withRedis)
    {
        await using var one = await StartAsync(withRedis);
        await using var other = await StartAsync(withRedis);

        one.Hub.Publish(SampleEvents.Completed());
        one.Hub.Publish(new SeriesChanged("naruto", "Naruto"));
        one.Hub.Publish(SampleEvents.Queue(pending: 7));
        await other.UntilHeardAsync<QueueChanged>();
        await other.SettleAsync(one);
        await one.SettleAsync(other);

        foreach (var node in new[] { one, other })
        {
            Assert.Equal(node == other, Assert.Single(node.Heard, told => told.Event == SampleEvents.Completed()).IsFromElsewhere);
            Assert.Single(node.Heard, told => told.Event is SeriesChanged { Key: "naruto" });
            Assert.Equal(7, node.Hub.Queue!.Statistics.PendingCount);
        }
    }

    [Fact]
    public async Task By_Redis_it_is_told_without_a_look_into_the_database()
    {
        await using var one = await StartAsync(withRedis: true);
        await using var other = await StartAsync(withRedis: true);
        await other.UntilAsync(() => other.Get<RedisLink>().IsSettled);

        one.Hub.Publish(SampleEvents.Progressed(10));
        one.Hub.Publish(SampleEvents.Scanned(3));
        await using (var database = _database.CreateDbContext())
        {
            await database.Database.ExecuteSqlAsync($"ALTER TABLE \"NodeEvents\" RENAME TO \"Hidden\"", Token);
        }

        one.Hub.Publish(SampleEvents.Notice("at once"));

        await other.UntilHeardAsync<SystemNotice>();
        await other.UntilAsync(() => other.Hub.Latest(SampleEvents.Download) is { Percent: 10 } && other.Hub.CurrentScan is { Current: 3 });
        Assert.Empty(other.Hub.OwnDownloads);
        Assert.Single(one.Hub.OwnDownloads);
    }

    [Fact]
    public async Task Nothing_is_lost_while_Redis_is_away_and_when_it_comes_back_empty_nothing_is_told_twice()
    {
        await using var one = await StartAsync(withRedis: true);
        await using var other = await StartAsync(withRedis: true);
        one.Hub.Publish(SampleEvents.Completed(Id(1)));
        await other.UntilHeardAsync<DownloadCompleted>(1);

        _redis!.Kill();
        one.Hub.Publish(SampleEvents.Completed(Id(2)));
        await other.UntilHeardAsync<DownloadCompleted>(2);
        await other.UntilRedisAsync(answers: false);
        one.Hub.Publish(SampleEvents.Completed(Id(3)));
        await other.UntilHeardAsync<DownloadCompleted>(3);

        _redis.Restart();
        one.Hub.Publish(SampleEvents.Completed(Id(4)));
        await one.UntilRedisAsync(answers: true);
        await other.UntilRedisAsync(answers: true);
        one.Hub.Publish(SampleEvents.Completed(Id(5)));
        await other.UntilHeardAsync<DownloadCompleted>(5);
        await other.SettleAsync(one);

        Assert.Equal(Enumerable.Range(1, 5).Select(Id).Order(), other.Heard.Select(told => told.Event).OfType<DownloadCompleted>().Select(done => done.DownloadId).Order());
    }

    [Fact]
    public async Task What_was_stored_with_its_download_is_told_though_its_node_was_killed_before_it_told_it()
    {
        await using var other = await StartAsync(withRedis: true);
        await using (var killed = await StartAsync(withRedis: true))
        {
            await StoreAsync(killed, SampleEvents.Completed());
        }

        await other.UntilHeardAsync<DownloadCompleted>();

        Assert.True(other.Heard.Single(told => told.Event is DownloadCompleted).IsFromElsewhere);
    }

    [Fact]
    public async Task Who_comes_back_to_a_node_that_was_restarted_meanwhile_gets_the_ends_that_were_missed()
    {
        // Somebody else's, older than all that follows: with it open, nothing that follows is behind the look of who starts.
        await using var database = _database.CreateDbContext();
        await using var open = await database.Database.BeginTransactionAsync(Token);
        await database.Database.ExecuteSqlAsync($"SELECT pg_current_xact_id()", Token);
        await using (var before = await StartAsync(withRedis: false))
        {
            await StoreAsync(before, SampleEvents.Completed());
            await StoreAsync(before, SampleEvents.Queue());
        }

        await using var after = await StartAsync(withRedis: false);
        var outbox = new ProgressOutbox(10, ProgressRooms.None);
        after.Hub.Join(outbox, ProgressRooms.Downloads, since: 1, snapshot => new SequencedEvent(snapshot.Seq, _time.GetUtcNow(), SampleEvents.Notice("joined")));

        var missed = (await outbox.TakeAsync(Token))!.Cast<SequencedEvent>().Skip(1);
        Assert.Equal([SampleEvents.Completed()], missed.Select(one => one.Event));
        await after.FollowAsync();
        Assert.DoesNotContain(after.Heard, told => told.Event is DownloadCompleted);
    }

    [Fact]
    public async Task What_is_committed_long_after_later_things_were_is_told_as_well()
    {
        await using var one = await StartAsync(withRedis: false);
        await using var other = await StartAsync(withRedis: false);
        await using var database = _database.CreateDbContext();
        await using var transaction = await database.Database.BeginTransactionAsync(Token);
        await one.Get<EventLog>().KeepAsync(database, SampleEvents.Completed(), Token);
        one.Hub.Publish(SampleEvents.Notice("later, and seen before"));
        await other.UntilHeardAsync<SystemNotice>();
        await other.SettleAsync(one);

        await transaction.CommitAsync(Token);
        await other.UntilHeardAsync<DownloadCompleted>();
        await other.SettleAsync(one);

        Assert.Single(other.Heard, told => told.Event is DownloadCompleted);
    }

    [Fact]
    public async Task How_far_downloads_of_others_are_is_seen_in_the_database_and_what_nobody_has_any_more_is_shown_no_longer()
    {
        var id = await AddDownloadAsync();
        await using var late = await StartAsync(withRedis: false);
        await late.UntilAsync(() => late.Hub.Latest(id) is { Percent: 25, Phase: DownloadPhase.Downloading });

        await ChangeAsync(id, item => (item.DownloadedBytes, item.Percent) = (300, 75));
        await late.UntilAsync(() => late.Hub.Latest(id) is { Percent: 75, Speed: > 0 });

        await ChangeAsync(id, item => (item.Status, item.LeaseOwner) = (DownloadStatus.Pending, null));
        await late.UntilHeardAsync<DownloadStopped>();
        Assert.Empty(late.Hub.ActiveDownloads);
    }

    [Fact]
    public async Task A_scan_whose_node_never_tells_its_end_ends_once()
    {
        var scan = new ScanRun { Id = Guid.NewGuid(), Current = 2, Total = 8, StartedAt = _time.GetUtcNow() };
        await using var database = _database.CreateDbContext();
        database.Add(scan);
        await database.SaveChangesAsync(Token);
        await using var other = await StartAsync(withRedis: false);
        await other.UntilAsync(() => other.Hub.CurrentScan is { Current: 2 });

        (scan.State, scan.Message) = (ScanState.Failed, "AniWorld was stopped while it ran.");
        await database.SaveChangesAsync(Token);
        await other.UntilHeardAsync<ScanFailed>();
        other.Get<NodeInbox>().Take(new NodeMessage(Guid.NewGuid(), Guid.NewGuid()) { Event = new ScanFailed(scan.Id, "late", Cancelled: false) });
        await other.FollowAsync();

        Assert.Single(other.Heard, told => told.Event is ScanFailed);
        Assert.Null(other.Hub.CurrentScan);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_session_or_key_is_known_on_all_nodes(bool withRedis)
    {
        await using var one = await StartAsync(withRedis);
        await using var other = await StartAsync(withRedis);

        one.Get<Revocations>().Announce("key:abcd1234");
        one.Get<Revocations>().Announce("key:abcd1234");
        await other.UntilAsync(() => other.EndedSessions.Count > 0);
        await other.SettleAsync(one);

        Assert.Equal(["key:abcd1234"], other.EndedSessions);
    }

    [Fact]
    public async Task A_ticket_of_one_node_opens_a_socket_once_on_any_and_without_Redis_on_that_node()
    {
        await using var one = await StartAsync(withRedis: true);
        await using var other = await StartAsync(withRedis: true);
        var (here, there) = (TicketsOf(one), TicketsOf(other));
        var credentials = new Credentials("key:abcd1234", IsSession: false, [Scope.Read], null);

        var ticket = (await here.IssueAsync(credentials))!.Ticket;
        var taken = await there.RedeemAsync(ticket);
        Assert.Equal((credentials.Id, Scope.Read), (taken!.Id, Assert.Single(taken.Scopes)));
        Assert.Null(await there.RedeemAsync(ticket));
        Assert.Null(await here.RedeemAsync(ticket));

        _redis!.Kill();
        await one.UntilRedisAsync(answers: false);
        ticket = (await here.IssueAsync(credentials))!.Ticket;
        Assert.Null(await there.RedeemAsync(ticket));
        Assert.Equal(credentials, await here.RedeemAsync(ticket));
    }

    [Fact]
    public async Task Many_failed_log_ins_slow_down_the_tries_on_all_nodes_together()
    {
        await using var one = await StartAsync(withRedis: true);
        await using var other = await StartAsync(withRedis: true);
        LoginLimits On(ToldNode node) => new(_database, _time, node.Get<RedisLink>());
        for (var i = 0; i < LoginLimits.FailuresFromEverywhere; i++)
        {
            await On(one).RecordFailureAsync($"192.0.2.{i}", Token);
        }

        // The pace is Redis's clock's: on a slow machine two tries may be further apart than it asks for.
        var isHeldBack = false;
        for (var round = 0; round < 20 && !isHeldBack; round++)
        {
            await On(one).WaitAsync("198.51.100.1", Token);
            isHeldBack = await On(other).WaitAsync("198.51.100.2", Token) is not null;
        }

        Assert.True(isHeldBack);

        _redis!.Kill();
        var there = On(other);
        await other.UntilRedisAsync(answers: false);
        Assert.Null(await there.WaitAsync("198.51.100.2", Token));
        Assert.NotNull(await there.WaitAsync("198.51.100.2", Token));
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static WsTicketService TicketsOf(ToldNode node) =>
        new(TimeProvider.System, new SharedTickets(node.Get<RedisLink>(), node.Get<SigningKey>()));

    private async Task<ToldNode> StartAsync(bool withRedis)
    {
        if (withRedis)
        {
            Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.NotInstalled);
            _redis ??= RedisServer.Launch();
        }

        return await ToldNode.StartAsync(_database, _time, withRedis ? _redis : null);
    }

    private async Task StoreAsync(ToldNode node, ProgressEvent happened)
    {
        await using var database = _database.CreateDbContext();
        Assert.NotNull((await node.Get<EventLog>().KeepAsync(database, happened, Token)).KeptAs);
    }

    private async Task<Guid> AddDownloadAsync()
    {
        await using var database = _database.CreateDbContext();
        var item = new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = "naruto",
            SeriesName = "Naruto",
            SeriesFolder = "Naruto",
            Season = 1,
            Number = 1,
            Language = Language.DeDub,
            Status = DownloadStatus.Downloading,
            LeaseOwner = "another node",
            DownloadedBytes = 100,
            TotalBytes = 400,
            Percent = 25,
        };
        database.Add(item);
        await database.SaveChangesAsync(Token);
        return item.Id;
    }

    private async Task ChangeAsync(Guid id, Action<DownloadQueueItem> change)
    {
        await using var database = _database.CreateDbContext();
        change(await database.Downloads.SingleAsync(item => item.Id == id, Token));
        await database.SaveChangesAsync(Token);
    }
}

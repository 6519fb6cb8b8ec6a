using AniWorld.Services.Progress;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static AniWorld.Services.Tests.Progress.SampleEvents;

namespace AniWorld.Services.Tests.Progress;

public sealed class ProgressServiceTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly FakeTimeProvider _time = new();
    private readonly ProgressService _hub;

    public ProgressServiceTests() =>
        _hub = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), _time);

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task Progress_waits_for_the_tick_and_only_the_newest_goes_out()
    {
        using var subscription = _hub.Subscribe();
        _hub.Publish(Progressed(1));
        _hub.Publish(Progressed(2));
        _hub.Publish(Notice("at once"));

        Assert.Equal(["at once"], (await NextAsync(subscription)).Select(e => ((SystemNotice)e.Event).Message));
        _time.Advance(Tick);

        Assert.Equal([2.0], (await NextAsync(subscription)).Select(e => ((DownloadProgressed)e.Event).Percent));
    }

    [Fact]
    public async Task A_download_reports_at_most_four_times_a_second()
    {
        using var subscription = _hub.Subscribe();
        var heard = 0;
        for (var step = 0; step < 100; step++)
        {
            _hub.Publish(Progressed(step));
            _time.Advance(TimeSpan.FromMilliseconds(10));
            if (step % 25 == 24)
            {
                heard += (await NextAsync(subscription)).Count;
            }
        }

        Assert.Equal(4, heard);
    }

    [Fact]
    public async Task Two_hundred_downloads_are_one_batch_a_tick()
    {
        using var subscription = _hub.Subscribe();
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in ids)
        {
            _hub.Publish(Progressed(5, id));
        }

        _time.Advance(Tick);

        Assert.Equal(ids, (await NextAsync(subscription)).Select(e => ((DownloadProgressed)e.Event).DownloadId));
    }

    [Fact]
    public async Task No_timer_runs_while_there_is_nothing_to_tell()
    {
        using var subscription = _hub.Subscribe();
        _hub.Publish(Progressed(1));
        _time.Advance(Tick);
        await NextAsync(subscription);
        _time.Advance(TimeSpan.FromHours(1));

        _hub.Publish(Progressed(2));
        _time.Advance(Tick - TimeSpan.FromMilliseconds(1));
        _hub.Publish(Notice("before"));
        var before = await NextAsync(subscription);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.IsType<SystemNotice>(Assert.Single(before).Event);
        Assert.IsType<DownloadProgressed>(Assert.Single(await NextAsync(subscription)).Event);
    }

    [Fact]
    public async Task The_last_progress_is_100_and_comes_before_the_completion()
    {
        using var subscription = _hub.Subscribe();
        _hub.Publish(Progressed(99.5));
        _hub.Publish(Completed());

        var events = await NextAsync(subscription);

        Assert.Equal(100, Assert.IsType<DownloadProgressed>(events[0].Event).Percent);
        Assert.IsType<DownloadCompleted>(events[1].Event);
        Assert.True(events[0].Seq < events[1].Seq);
    }

    [Fact]
    public async Task A_100_that_went_out_on_a_tick_is_not_repeated()
    {
        using var subscription = _hub.Subscribe();
        _hub.Publish(Progressed(100));
        _time.Advance(Tick);
        _hub.Publish(Completed());

        var events = await NextAsync(subscription);

        Assert.Collection(events, e => Assert.IsType<DownloadProgressed>(e.Event), e => Assert.IsType<DownloadCompleted>(e.Event));
    }

    [Fact]
    public async Task Progress_that_was_not_told_yet_is_dropped_when_the_download_fails()
    {
        using var subscription = _hub.Subscribe();
        _hub.Publish(Progressed(40));
        _hub.Publish(Failed());
        _time.Advance(Tick);

        Assert.IsType<DownloadFailed>(Assert.Single(await NextAsync(subscription)).Event);
    }

    [Fact]
    public async Task A_scan_shows_its_last_step_before_it_is_complete()
    {
        using var subscription = _hub.Subscribe();
        _hub.Publish(Scanned(8));
        Assert.Equal(8, _hub.CurrentScan?.Current);
        _hub.Publish(new ScanCompleted(Scan, 8, 90, 4, TimeSpan.FromSeconds(3), null));

        Assert.Collection(
            await NextAsync(subscription), e => Assert.IsType<ScanProgressed>(e.Event), e => Assert.IsType<ScanCompleted>(e.Event));
        Assert.Null(_hub.CurrentScan);
    }

    [Fact]
    public void A_new_subscription_sees_how_things_stand()
    {
        _hub.Publish(Progressed(10));
        _hub.Publish(Progressed(11));
        _hub.Publish(Queue());
        _hub.Publish(Scanned(3));

        using var subscription = _hub.Subscribe();

        Assert.Equal(11, Assert.Single(subscription.Snapshot.Downloads).Percent);
        Assert.Equal(Queue(), subscription.Snapshot.Queue);
        Assert.Equal(3, subscription.Snapshot.Scan?.Current);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("stopped")]
    public void What_has_ended_is_active_no_more(string how)
    {
        _hub.Publish(Progressed(10));
        Assert.NotNull(_hub.Latest(Download));

        _hub.Publish(how switch
        {
            "completed" => Completed(),
            "failed" => Failed(),
            _ => new DownloadStopped(Download, "attack-on-titan", "", 1, 2),
        });

        Assert.Null(_hub.Latest(Download));
        Assert.Empty(_hub.ActiveDownloads);
    }

    [Fact]
    public async Task A_slow_reader_gets_the_newest_progress_and_every_outcome()
    {
        using var subscription = _hub.Subscribe();
        var others = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in others)
        {
            for (var percent = 0; percent < 10; percent++)
            {
                _hub.Publish(Progressed(percent, id));
                _hub.Publish(Progressed(percent));
                _time.Advance(Tick);
            }

            _hub.Publish(Completed(id));
        }

        var events = await NextAsync(subscription);

        Assert.Equal(others, events.Select(e => e.Event).OfType<DownloadCompleted>().Select(e => e.DownloadId));
        Assert.Equal(
            others.Append(Download).ToHashSet(),
            events.Select(e => e.Event).OfType<DownloadProgressed>().Select(e => e.DownloadId).ToHashSet());
        Assert.Equal(41, events.Count);
        Assert.Equal(events.Select(e => e.Seq).Order(), events.Select(e => e.Seq));
    }

    [Fact]
    public async Task A_subscription_that_would_lose_an_outcome_ends_instead()
    {
        using var slow = _hub.Subscribe(capacity: 3);
        using var other = _hub.Subscribe();
        for (var i = 0; i < 4; i++)
        {
            _hub.Publish(Notice($"{i}"));
        }

        Assert.Empty(await slow.ReadBatchesAsync(TestContext.Current.CancellationToken).ToListAsync());
        Assert.True(slow.Overflowed);
        Assert.Equal(4, (await NextAsync(other)).Count);
    }

    [Fact]
    public async Task Progress_alone_never_overflows_a_subscription()
    {
        using var slow = _hub.Subscribe(capacity: 1);
        for (var i = 0; i < 1_000; i++)
        {
            _hub.Publish(Progressed(i / 10.0));
            _hub.Publish(Scanned(i));
            _time.Advance(Tick);
        }

        Assert.Equal(2, (await NextAsync(slow)).Count);
        Assert.False(slow.Overflowed);
    }

    [Fact]
    public async Task A_subscription_hears_only_its_rooms()
    {
        using var subscription = _hub.Subscribe(ProgressRooms.System | ProgressRooms.Library);
        _hub.Publish(Queue());
        _hub.Publish(new SeriesChanged("naruto", "Naruto"));
        _hub.Publish(Notice("hello"));

        var rooms = (await NextAsync(subscription)).Select(e => e.Room);

        Assert.Equal([ProgressRooms.Library, ProgressRooms.System], rooms);
    }

    [Fact]
    public async Task Numbers_go_on_after_a_restart()
    {
        using var before = _hub.Subscribe();
        _hub.Publish(Notice("one"));
        var last = (await NextAsync(before))[0].Seq;
        _time.Advance(TimeSpan.FromSeconds(1));

        using var restarted = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), _time);
        using var after = restarted.Subscribe();
        restarted.Publish(Notice("two"));

        Assert.True((await NextAsync(after))[0].Seq > last);
    }

    [Fact]
    public async Task Events_from_many_threads_reach_everyone_in_the_same_order()
    {
        using var first = _hub.Subscribe(capacity: 10_000);
        using var second = _hub.Subscribe(capacity: 10_000);
        Parallel.For(0, 2_000, i => _hub.Publish(i % 2 == 0 ? Notice($"{i}") : Failed(Guid.NewGuid())));

        var heard = await NextAsync(first);

        Assert.Equal(2_000, heard.Count);
        Assert.Equal(heard.Select(e => e.Seq).Order(), heard.Select(e => e.Seq));
        Assert.Equal(heard, await NextAsync(second));
    }

    [Fact]
    public async Task Reading_ends_when_the_subscription_or_the_hub_is_disposed()
    {
        var gone = _hub.Subscribe();
        await gone.DisposeAsync();
        var open = _hub.Subscribe();
        _hub.Publish(Notice("last"));
        _hub.Dispose();
        _hub.Publish(Notice("too late"));

        Assert.Empty(await gone.ReadBatchesAsync(TestContext.Current.CancellationToken).ToListAsync());
        Assert.Single(Assert.Single(await open.ReadBatchesAsync(TestContext.Current.CancellationToken).ToListAsync()));
    }

    [Fact]
    public async Task What_operations_call_back_becomes_events()
    {
        var callbacks = new CallbackManager(NullLogger<CallbackManager>.Instance);
        using var hub = new ProgressService(callbacks, _time);
        using var subscription = hub.Subscribe();
        var error = new ErrorContext { Operation = OperationKind.Scan, OperationId = Scan, Key = "naruto", Code = "timeout", Message = "Too slow." };
        callbacks.NotifyProgress(new ProgressContext { Operation = OperationKind.Scan, OperationId = Scan, Key = "naruto", Current = 2, Total = 8 });
        callbacks.NotifyProgress(new ProgressContext
        {
            Operation = OperationKind.Download,
            OperationId = Download,
            Key = "naruto",
            Percent = 7,
            Transfer = new TransferState(DownloadPhase.Downloading, 7, 100, 1, null),
        });
        callbacks.NotifyError(error);
        callbacks.NotifyError(error);

        Assert.Equal("timeout", Assert.IsType<SystemNotice>(Assert.Single(await NextAsync(subscription)).Event).Code);
        Assert.Equal(25, hub.CurrentScan?.Percent);
        Assert.Equal(7, hub.Latest(Download)?.Percent);
    }

    [Fact]
    public void What_runs_here_is_not_stopped_or_set_back_by_what_another_node_once_said_of_it()
    {
        _hub.Publish(Progressed(40));
        _hub.PublishFromElsewhere(Progressed(10));
        _hub.PublishFromElsewhere(new DownloadStopped(Download, "attack-on-titan", "Attack on Titan (2013)", 1, 2));

        Assert.Equal(40, _hub.LatestHere(Download)!.Percent);
        Assert.Single(_hub.OwnDownloads);
    }

    private static async Task<IReadOnlyList<SequencedEvent>> NextAsync(ProgressSubscription subscription)
    {
        await foreach (var batch in subscription.ReadBatchesAsync(TestContext.Current.CancellationToken))
        {
            return batch;
        }

        throw new InvalidOperationException("The subscription ended.");
    }
}

using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

public sealed class TransferLimitsTests
{
    private const int Mib = 1 << 20;
    private static readonly Uri One = new("https://one.example/clip");
    private static readonly Uri Other = new("https://other.example/clip");
    private readonly FakeTimeProvider _time = new();
    private readonly TransferLimits _limits;

    public TransferLimitsTests() => _limits = new(_time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_limit_nobody_waits()
    {
        var taken = _limits.Join().TakeAsync(64 * Mib, Stop).AsTask();

        Assert.True(taken.IsCompletedSuccessfully);
        Assert.Equal(64 * Mib, await taken);
    }

    [Theory]
    [InlineData(50 * 1024, 1, 7)]
    [InlineData(Mib, 16, 1)]
    [InlineData(Mib, 3, 23)]
    [InlineData(100 * Mib, 16, 3)]
    public void The_speed_is_kept_within_5_percent_over_10_seconds(long rate, int connections, int step)
    {
        _limits.BytesPerSecond = rate;
        var readers = Readers(_limits.Join(), connections);

        var bytes = Run(readers, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(step));

        Assert.InRange(bytes, rate * 10 * 0.95, rate * 10 * 1.05);
    }

    [Fact]
    public void What_is_not_read_is_given_back_and_counts_for_the_others()
    {
        _limits.BytesPerSecond = Mib;
        var share = _limits.Join();
        var slow = new Reader(share, part: 0.1);
        var readers = Readers(share, 3);

        var bytes = Run([.. readers, slow], TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5));

        Assert.InRange(bytes, Mib * 9.5, Mib * 10.5);
    }

    [Fact]
    public void Each_transfer_gets_the_same_however_many_connections_it_has()
    {
        _limits.BytesPerSecond = Mib;
        var many = Readers(_limits.Join(), 15);
        var single = new Reader(_limits.Join());

        Run([.. many, single], TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5));

        Assert.InRange(single.Bytes, Mib * 4, Mib * 6);
    }

    [Fact]
    public void A_higher_limit_and_none_at_all_take_effect_at_once()
    {
        _limits.BytesPerSecond = 10;
        var share = _limits.Join();
        var first = share.TakeAsync(Mib, Stop).AsTask();
        var second = share.TakeAsync(Mib, Stop).AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(first.IsCompleted);

        _limits.BytesPerSecond = 100 * Mib;
        _time.Advance(TimeSpan.FromMilliseconds(15));
        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);

        _limits.BytesPerSecond = 0;
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_speed_follows_a_limit_that_changes_on_the_way()
    {
        _limits.BytesPerSecond = 4 * Mib;
        var readers = Readers(_limits.Join(), 4);
        Run(readers, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(5));
        var before = readers.Sum(reader => reader.Bytes);

        _limits.BytesPerSecond = Mib;
        Run(readers, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5));

        Assert.InRange(before, 4 * 5 * 0.95 * Mib, 4 * 5 * 1.05 * Mib);
        Assert.InRange(readers.Sum(reader => reader.Bytes) - before, 9.5 * Mib, 10.5 * Mib);
    }

    [Fact]
    public async Task Who_stops_waiting_for_bytes_costs_the_others_nothing()
    {
        _limits.BytesPerSecond = Mib;
        var share = _limits.Join();
        using var cancel = new CancellationTokenSource();
        var gone = share.TakeAsync(1000, cancel.Token).AsTask();
        var staying = share.TakeAsync(1000, Stop).AsTask();

        await cancel.CancelAsync();
        _time.Advance(TimeSpan.FromMilliseconds(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.True(staying.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_host_gets_no_more_connections_than_allowed_and_those_who_wait_come_in_order()
    {
        _limits.ConnectionsPerHost = 2;
        var first = Connect(One);
        var second = Connect(One);
        var third = Connect(One);
        var fourth = Connect(One);
        Assert.True(Connect(Other).IsCompletedSuccessfully);
        Assert.Equal((true, true, false, false), (first.IsCompleted, second.IsCompleted, third.IsCompleted, fourth.IsCompleted));

        (await first).Dispose();
        (await first).Dispose();

        Assert.Equal((true, false), (third.IsCompleted, fourth.IsCompleted));
    }

    [Fact]
    public async Task More_connections_can_be_allowed_while_some_wait_and_fewer_close_as_they_end()
    {
        _limits.ConnectionsPerHost = 1;
        var connections = Enumerable.Range(0, 4).Select(_ => Connect(One)).ToList();

        _limits.ConnectionsPerHost = 3;
        Assert.Equal(3, connections.Count(connection => connection.IsCompleted));
        Assert.False((await connections[0]).IsOwed);

        _limits.ConnectionsPerHost = 2;
        Assert.True((await connections[0]).IsOwed);
        (await connections[0]).Dispose();
        Assert.False(connections[3].IsCompleted);
        (await connections[1]).Dispose();
        Assert.True(connections[3].IsCompleted);
    }

    [Fact]
    public async Task A_download_with_fewer_connections_comes_first_and_is_owed_one()
    {
        _limits.ConnectionsPerHost = 4;
        var rich = _limits.Join();
        var poor = _limits.Join();
        var connections = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rich.ConnectAsync(One, Stop)));
        Assert.False(connections[0].IsOwed);
        var richMore = rich.ConnectAsync(One, Stop);
        var first = poor.ConnectAsync(One, Stop);
        var second = poor.ConnectAsync(One, Stop);
        Assert.True(connections[0].IsOwed);

        connections[0].Dispose();
        Assert.True(first.IsCompleted && connections[1].IsOwed);
        connections[1].Dispose();

        Assert.True(second.IsCompleted);
        Assert.False(richMore.IsCompleted || connections[2].IsOwed);
    }

    [Fact]
    public async Task Who_stops_waiting_for_a_connection_leaves_its_place_to_the_next()
    {
        _limits.ConnectionsPerHost = 1;
        var open = await Connect(One);
        using var cancel = new CancellationTokenSource();
        var gone = _limits.Join().ConnectAsync(One, cancel.Token);
        var next = Connect(One);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        open.Dispose();

        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_host_that_asked_for_a_break_is_left_alone_until_it_is_over()
    {
        _limits.Rest(One, TimeSpan.FromSeconds(7));
        _limits.Rest(One, TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(2));

        var fault = Assert.Throws<FaultException>(() => { _ = Connect(One); });

        Assert.Equal((FaultCode.RateLimited, TimeSpan.FromSeconds(5)), (fault.Code, fault.RetryAfter!.Value));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.Zero), (_limits.RestOf(One), _limits.RestOf(Other)));
        Assert.True(Connect(Other).IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(Connect(One).IsCompletedSuccessfully);
    }

    private Task<HostConnection> Connect(Uri uri) => _limits.Join().ConnectAsync(uri, Stop);

    private static List<Reader> Readers(TransferShare share, int count) => [.. Enumerable.Range(0, count).Select(_ => new Reader(share))];

    /// <summary>Lets time go by in steps, and each reader read whenever it may.</summary>
    private long Run(List<Reader> readers, TimeSpan duration, TimeSpan step)
    {
        for (var at = TimeSpan.Zero; at < duration; at += step)
        {
            readers.ForEach(reader => reader.Read());
            _time.Advance(step);
        }

        return readers.Sum(reader => reader.Bytes);
    }

    /// <summary>Reads as a connection does, in pieces of at most 256 KiB.</summary>
    /// <param name="part">How much of what it may read there is to read.</param>
    private sealed class Reader(TransferShare share, double part = 1)
    {
        private Task<int>? _taking;

        public long Bytes { get; private set; }

        public void Read()
        {
            while ((_taking ??= share.TakeAsync(256 << 10, CancellationToken.None).AsTask()).IsCompleted)
            {
                var allowed = _taking.GetAwaiter().GetResult();
                var count = (int)Math.Ceiling(allowed * part);
                share.Took(allowed, count);
                Bytes += count;
                _taking = null;
            }
        }
    }
}

using System.Threading.Channels;
using AniWorld.Data;
using AniWorld.Services.Nodes.Backplane;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.NodeBench;

/// <summary>Two of our nodes: what ends on the one is heard at the other's hub, as its pages and sockets hear it.</summary>
internal sealed class NodeLine : ILine
{
    private const int Room = 100_000;

    private readonly BenchNode _one;
    private readonly BenchNode _other;
    private readonly Channel<Mark> _heard = Channel.CreateUnbounded<Mark>();
    private readonly ProgressSubscription _subscription;
    private readonly Task _listening;

    private NodeLine(BenchNode one, BenchNode other)
    {
        (_one, _other) = (one, other);
        _subscription = other.Get<ProgressService>().Subscribe(ProgressRooms.All, Room);
        _listening = ListenAsync();
    }

    public ChannelReader<Mark> Heard => _heard.Reader;

    public static async Task<ILine> OpenAsync(DatabasePlace place, string? redis)
    {
        await using (var fresh = await BenchNode.StartAsync(place))
        await using (var database = await fresh.Get<IDbContextFactory<AniWorldDbContext>>().CreateDbContextAsync())
        {
            await database.Database.MigrateAsync();
            await database.Database.ExecuteSqlRawAsync("TRUNCATE \"NodeEvents\"");
        }

        var line = new NodeLine(await BenchNode.StartAsync(place, redis), await BenchNode.StartAsync(place, redis));
        while (redis is not null && !(line._one.Get<RedisLink>().IsSettled && line._other.Get<RedisLink>().IsSettled))
        {
            await Task.Delay(100);
        }

        return line;
    }

    /// <summary>As large as what is told at the end of a download.</summary>
    public static DownloadCompleted Event(Mark mark) => new(
        Guid.NewGuid(), "die-lange-reise", "Die lange Reise (2020)", 1, mark.Number,
        "Die lange Reise (2020)/Season 01/Die lange Reise - S01E01 - Eine Folge [de-dub].mp4", mark.At, "de-dub");

    public void Tell(Mark mark) => _one.Get<ProgressService>().Publish(Event(mark));

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _listening;
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    private async Task ListenAsync()
    {
        await foreach (var batch in _subscription.ReadBatchesAsync())
        {
            foreach (var completed in batch.Select(one => one.Event).OfType<DownloadCompleted>())
            {
                _heard.Writer.TryWrite(new Mark(completed.Number, completed.Size));
            }
        }

        _heard.Writer.TryComplete(_subscription.Overflowed ? new InvalidOperationException("More was told than could be heard.") : null);
    }
}

using System.Threading.Channels;
using AniWorld.Services.Nodes.Backplane;
using StackExchange.Redis;

namespace AniWorld.NodeBench;

/// <summary>Redis's publish and subscribe with the same messages, and nothing else: no database, no hub, and what is told while it is away is lost.</summary>
internal sealed class BareLine : ILine
{
    private static readonly RedisChannel Name = RedisChannel.Literal("bench");
    private readonly ConnectionMultiplexer _one;
    private readonly ConnectionMultiplexer _other;
    private readonly Channel<Mark> _heard = Channel.CreateUnbounded<Mark>();

    private BareLine(ConnectionMultiplexer one, ConnectionMultiplexer other) => (_one, _other) = (one, other);

    public ChannelReader<Mark> Heard => _heard.Reader;

    public static async Task<ILine> OpenAsync(string redis)
    {
        var line = new BareLine(await ConnectionMultiplexer.ConnectAsync(redis), await ConnectionMultiplexer.ConnectAsync(redis));
        (await line._other.GetSubscriber().SubscribeAsync(Name)).OnMessage(line.Hear);
        return line;
    }

    public void Tell(Mark mark) => _ = _one.GetSubscriber().PublishAsync(
        Name, NodeMessageJson.Write(new NodeMessage(Guid.NewGuid(), Guid.Empty) { Event = NodeLine.Event(mark) }));

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    private void Hear(ChannelMessage told)
    {
        if (NodeMessageJson.Read((byte[]?)told.Message) is { Event: AniWorld.Services.Progress.DownloadCompleted completed })
        {
            _heard.Writer.TryWrite(new Mark(completed.Number, completed.Size));
        }
    }
}

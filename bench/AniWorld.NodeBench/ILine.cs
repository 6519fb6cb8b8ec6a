using System.Threading.Channels;

namespace AniWorld.NodeBench;

/// <summary>A way from one node to another.</summary>
internal interface ILine : IAsyncDisposable
{
    ChannelReader<Mark> Heard { get; }

    void Tell(Mark mark);
}

/// <summary>What is told, and when that was.</summary>
/// <param name="At">By this process's clock.</param>
internal readonly record struct Mark(int Number, long At);

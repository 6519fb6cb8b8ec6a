namespace AniWorld.Services.Nodes;

/// <summary>Which part of the limits that hold for all nodes together is this one's: as large as its part of the downloads that run.</summary>
public sealed class NodeShare
{
    private double _part = 1;

    /// <summary>Above 0, at most 1; 1 while no other node downloads.</summary>
    public double Part => Volatile.Read(ref _part);

    /// <param name="own">Downloads that run here.</param>
    /// <param name="others">Those that run elsewhere.</param>
    public void Set(int own, int others)
    {
        // Who has none yet is about to have one.
        own = Math.Max(own, 1);
        Volatile.Write(ref _part, own / (double)(own + others));
    }
}

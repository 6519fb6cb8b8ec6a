namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>The memory in which segments wait for their turn on disk: bounded, whatever a server sends.</summary>
/// <remarks>The segment whose turn it is gets memory always, so that the stream goes on; the others wait while all is taken.</remarks>
/// <param name="limit">In bytes.</param>
internal sealed class SegmentMemory(long limit)
{
    public const int BlockBytes = 128 << 10;

    /// <summary>Some fifteen segments of a usual stream.</summary>
    public const long DefaultLimit = 16L << 20;

    private readonly int _most = (int)Math.Max(limit / BlockBytes, 1);
    private readonly Lock _lock = new();
    private readonly Stack<byte[]> _free = [];
    private TaskCompletionSource _changed = New();
    private int _taken;
    private int _turn;

    /// <summary>The most bytes that were in use at once.</summary>
    public long Peak { get; private set; }

    /// <summary>Lets the segment of this index have what it needs.</summary>
    public void TurnOf(int segment)
    {
        lock (_lock)
        {
            _turn = segment;
            Wake();
        }
    }

    /// <param name="segment">For whom, by index.</param>
    public async ValueTask<byte[]> RentAsync(int segment, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_taken < _most || segment <= _turn)
                {
                    Peak = Math.Max(Peak, ++_taken * (long)BlockBytes);
                    return _free.TryPop(out var block) ? block : GC.AllocateUninitializedArray<byte>(BlockBytes);
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public void Return(IEnumerable<byte[]> blocks)
    {
        lock (_lock)
        {
            foreach (var block in blocks)
            {
                _taken--;
                if (_free.Count < _most)
                {
                    _free.Push(block);
                }
            }

            Wake();
        }
    }

    private void Wake()
    {
        _changed.SetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

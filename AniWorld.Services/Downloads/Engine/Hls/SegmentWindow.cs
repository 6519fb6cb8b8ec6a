namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Fetches segments side by side and hands them on in order, however they arrive.</summary>
/// <param name="connections">How many are fetched at once.</param>
internal sealed class SegmentWindow(int connections, SegmentMemory memory)
{
    /// <summary>One slow segment holds up those after it only when so many per connection are waiting.</summary>
    private const int AheadPerConnection = 3;

    /// <param name="fetch">Brings the segment of an index; what it throws ends the run once the turn comes to that segment.</param>
    /// <param name="take">Gets one after the other, disposed of after it.</param>
    public async Task RunAsync(
        int from, int count, Func<int, CancellationToken, Task<SegmentData>> fetch, Func<SegmentData, ValueTask> take, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(connections);
        var ahead = new Queue<Task<SegmentData>>();
        try
        {
            for (var (turn, next) = (from, from); turn < count; turn++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                memory.TurnOf(turn);
                while (next < count && ahead.Count < connections * AheadPerConnection)
                {
                    ahead.Enqueue(FetchAsync(next++));
                }

                // It leaves the queue when it has come, so that none is forgotten when one fails.
                using var segment = await ahead.Peek();
                _ = ahead.Dequeue();
                await take(segment);
            }
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var fetching in ahead)
            {
                await fetching.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }

        async Task<SegmentData> FetchAsync(int index)
        {
            await slots.WaitAsync(stop.Token);
            try
            {
                return await fetch(index, stop.Token);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static void Forget(Task<SegmentData> fetching)
    {
        if (fetching.IsCompletedSuccessfully)
        {
            fetching.Result.Dispose();
        }
        else
        {
            // Seen, so that it counts as handled.
            _ = fetching.Exception;
        }
    }
}

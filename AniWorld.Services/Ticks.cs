namespace AniWorld.Services;

/// <summary>Work that is done again and again for as long as the server runs.</summary>
internal static class Ticks
{
    /// <summary>Does the work at each tick, one after the other, and returns once it is told to stop.</summary>
    public static async Task EveryAsync(this TimeProvider time, TimeSpan interval, Func<CancellationToken, Task> work, CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped))
            {
                await work(stopped);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}

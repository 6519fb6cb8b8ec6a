namespace AniWorld.Blazor.Downloads;

/// <summary>The pace of a report.</summary>
internal static class FetchClock
{
    /// <returns>False when it is over.</returns>
    public static async Task<bool> TickAsync(TimeSpan interval, CancellationToken over)
    {
        await Task.Delay(interval, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !over.IsCancellationRequested;
    }
}

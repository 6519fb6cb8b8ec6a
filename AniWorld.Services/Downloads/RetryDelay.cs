namespace AniWorld.Services.Downloads;

/// <summary>How long a failed item waits: doubling from the first wait, up to 10 minutes, with half of it at random.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="failures">Failures so far, from 1.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan After(int failures, TimeSpan first, double random)
    {
        var full = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 30)), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (random / 2)));
    }
}

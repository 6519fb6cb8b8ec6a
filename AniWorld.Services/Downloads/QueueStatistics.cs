namespace AniWorld.Services.Downloads;

/// <summary>The queue in numbers.</summary>
/// <param name="TotalItems">All that are not removed, finished ones too.</param>
/// <param name="DownloadedBytes">Of all completed items together.</param>
/// <param name="AverageSpeed">Bytes per second: of what runs now, else of what completed last; 0 when nothing ever ran.</param>
/// <param name="TimeRemaining">Of everything that waits or runs; <see langword="null"/> when it cannot be told.</param>
/// <param name="FreeDiskBytes">On the library's disk.</param>
public sealed record QueueStatistics(
    int TotalItems, int PendingCount, int ActiveCount, int CompletedCount, int FailedCount, long DownloadedBytes, double AverageSpeed,
    TimeSpan? TimeRemaining, long FreeDiskBytes);

namespace AniWorld.Services.Progress;

/// <summary>How things stand at one moment; the events after <paramref name="Seq"/> go on from there.</summary>
/// <param name="Downloads">The latest progress of each active download, oldest download first.</param>
/// <param name="Queue"><see langword="null"/> until the queue has spoken for the first time.</param>
/// <param name="Scan"><see langword="null"/> when none runs.</param>
/// <param name="Seq">Number of the last event that went out before.</param>
public sealed record ProgressSnapshot(
    IReadOnlyList<DownloadProgressed> Downloads, QueueChanged? Queue, ScanProgressed? Scan, long Seq);

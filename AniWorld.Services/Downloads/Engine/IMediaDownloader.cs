using AniWorld.Services.Streaming;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Brings a media stream to disk. Knows no queue and no database.</summary>
public interface IMediaDownloader
{
    /// <summary>
    /// Downloads to <c><paramref name="targetPath"/>.part</c> with a journal beside it, resumes what an earlier run left there,
    /// verifies that the result is a playable video, flushes and renames it to its final name.
    /// </summary>
    /// <param name="targetPath">Absolute path without extension; the extension follows from what is found.</param>
    /// <param name="options">Limits; read anew while running where a setting may change.</param>
    /// <param name="progress">Called often, from any thread; may be <see langword="null"/>.</param>
    /// <exception cref="Faults.FaultException">It failed; partial files stay unless they are of no use.</exception>
    /// <exception cref="OperationCanceledException">Cancelled at a point from which a later call goes on.</exception>
    Task<DownloadedMedia> DownloadAsync(
        MediaStream stream,
        string targetPath,
        MediaDownloadOptions options,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>What an earlier run finished: a whole video under a final name of <paramref name="targetPath"/>. Asks nobody.</summary>
    /// <returns><see langword="null"/> when there is nothing under such a name.</returns>
    /// <exception cref="Faults.FaultException"><c>name_conflict</c>: there is something else.</exception>
    Task<DownloadedMedia?> FindFinishedAsync(string targetPath, MediaDownloadOptions options, CancellationToken cancellationToken = default);

    /// <summary>Removes the partial files of <paramref name="targetPath"/>, whatever extension they have.</summary>
    void Discard(string targetPath);
}

/// <summary>What a finished download is.</summary>
/// <param name="Path">Absolute final path, with its extension.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Duration">As the container or <c>ffprobe</c> tells it; <see langword="null"/> when neither does.</param>
public sealed record DownloadedMedia(string Path, long Size, TimeSpan? Duration);

/// <summary>How far a download is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="DownloadedBytes">On disk or on the way there; never less than told before.</param>
/// <param name="TotalBytes">Of the whole; <see langword="null"/> while unknown.</param>
/// <param name="Fraction">0 to 1, by bytes or, for a playlist, by segments; <see langword="null"/> while unknown; 1 only at the end.</param>
public sealed record DownloadProgress(DownloadStage Stage, long DownloadedBytes, long? TotalBytes, double? Fraction);

public enum DownloadStage
{
    Transferring,

    /// <summary>Joining, remuxing, verifying, renaming.</summary>
    Processing,
}

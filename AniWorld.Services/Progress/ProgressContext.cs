namespace AniWorld.Services.Progress;

/// <summary>How far an operation is.</summary>
public sealed record ProgressContext
{
    public required OperationKind Operation { get; init; }

    /// <summary>Tells operations of one kind apart: the scan's or the download's id.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The series at hand; empty as long as an operation over all of them has none.</summary>
    public required string Key { get; init; }

    /// <summary>For display; never look anything up by it.</summary>
    public string? Folder { get; init; }

    public int? Season { get; init; }

    /// <summary>Of the episode within its season, from 1.</summary>
    public int? Number { get; init; }

    /// <summary>Steps done: series of a scan, segments or bytes of a download.</summary>
    public long Current { get; init; }

    /// <summary>Steps in all; <see langword="null"/> while unknown.</summary>
    public long? Total { get; init; }

    /// <summary>0 to 100; 0 while it cannot be told.</summary>
    public double Percent { get; init; }

    public string? Message { get; init; }

    /// <summary>What a download does and how fast; <see langword="null"/> for every other operation.</summary>
    public TransferState? Transfer { get; init; }
}

/// <param name="Speed">Bytes per second over the last seconds.</param>
public sealed record TransferState(
    DownloadPhase Phase, long DownloadedBytes, long? TotalBytes, double Speed, TimeSpan? TimeLeft);

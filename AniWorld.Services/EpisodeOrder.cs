using AniWorld.Data.Library;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;

namespace AniWorld.Services;

/// <summary>One episode to be downloaded by <see cref="SeriesApp"/>.</summary>
public sealed record EpisodeOrder
{
    /// <summary>Name of the catalogue that it comes from.</summary>
    public required string Provider { get; init; }

    public required EpisodeKey Episode { get; init; }

    public required Language Language { get; init; }

    /// <summary>Absolute path without extension; the extension follows from what is found.</summary>
    public required string TargetPath { get; init; }

    public required MediaDownloadOptions Options { get; init; }

    /// <summary>Told to every callback, so that operations can be told apart.</summary>
    public Guid OperationId { get; init; } = Guid.NewGuid();

    /// <summary>The series' folder, for display.</summary>
    public string? Folder { get; init; }

    /// <summary>Tried before all others: the one that an interrupted download came from.</summary>
    public string? FirstHoster { get; init; }

    /// <summary>Of the whole episode, as far as an earlier run has learnt it: what of it has no room on the disk yet must be free beside the reserve.</summary>
    public long TotalBytes { get; init; }

    /// <summary>What an earlier run has told of <see cref="TotalBytes"/>: people are not shown less, though some of it may have to be fetched again.</summary>
    public long DownloadedBytes { get; init; }

    /// <summary>How far an earlier run has told that it was, 0 to 100, for streams whose size nobody knows.</summary>
    public double Percent { get; init; }

    /// <summary>Awaited before a hoster's stream is fetched, with the hoster's name.</summary>
    public Func<string, Task>? HosterChosen { get; init; }

    internal CompletionContext Completion(DownloadedMedia media) => new()
    {
        Operation = OperationKind.Download,
        OperationId = OperationId,
        Key = Episode.SeriesKey,
        Folder = Folder,
        Season = Episode.Season,
        Number = Episode.Number,
        Success = true,
        Path = media.Path,
    };

    internal ErrorContext Error(FaultException fault, bool goesOn) => new()
    {
        Operation = OperationKind.Download,
        OperationId = OperationId,
        Key = Episode.SeriesKey,
        Folder = Folder,
        Season = Episode.Season,
        Number = Episode.Number,
        Code = fault.Code,
        Message = fault.Message,
        GoesOn = goesOn,
        Exception = fault,
    };
}

/// <summary>A finished download.</summary>
/// <param name="Hoster">Who delivered it; <see langword="null"/> when an earlier run had finished it and nobody was asked.</param>
/// <param name="Speed">Mean of its transfer in bytes per second; <see langword="null"/> when it cannot be told.</param>
public sealed record FetchedEpisode(DownloadedMedia Media, string? Hoster, double? Speed);

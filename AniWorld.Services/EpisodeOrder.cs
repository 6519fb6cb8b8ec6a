using AniWorld.Data.Library;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Library;

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

    /// <summary>Awaited before a hoster's stream is fetched, with the hoster's name.</summary>
    public Func<string, Task>? HosterChosen { get; init; }
}

/// <summary>A finished download and the hoster that delivered it.</summary>
public sealed record FetchedEpisode(DownloadedMedia Media, string Hoster);

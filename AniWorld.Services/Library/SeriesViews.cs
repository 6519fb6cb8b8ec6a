using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Policy;

namespace AniWorld.Services.Library;

/// <summary>A series in a list.</summary>
/// <param name="Missing">Season → numbers of missing episodes, both ascending; season 0 is films and specials.</param>
public sealed record SeriesSummary(
    string Key,
    string Name,
    string Site,
    string Folder,
    string Link,
    int? Year,
    bool HasCover,
    bool Monitored,
    int EpisodeCount,
    int DownloadedCount,
    IReadOnlyDictionary<int, IReadOnlyList<int>> Missing,
    DateTimeOffset AddedAt,
    DateTimeOffset UpdatedAt)
{
    public int MissingCount { get; } = Missing.Values.Sum(numbers => numbers.Count);
}

/// <summary>A series with its episodes, by season and number, films and specials last.</summary>
public sealed record SeriesDetail(
    SeriesSummary Summary, string? Description, string? LanguageProfile, bool? AutoDownload, IReadOnlyList<EpisodeView> Episodes)
{
    public SeriesRefreshState Refresh { get; init; } = new(null, null, null, null);
}

/// <summary>When a series' catalogue pages are looked at.</summary>
/// <param name="Hours">Between two looks, as the user wants them; <see langword="null"/> leaves them to what was learnt.</param>
/// <param name="Last">When they were last read with success.</param>
/// <param name="Next"><see langword="null"/> as soon as may be.</param>
/// <param name="Reason">One of <see cref="RefreshReason"/>; <see langword="null"/> before the first look.</param>
public sealed record SeriesRefreshState(int? Hours, DateTimeOffset? Last, DateTimeOffset? Next, string? Reason);

/// <summary>An episode as it stands: what the source offers, what is on disk, what the queue does about it.</summary>
/// <param name="Title">In the configured title language, else in any; empty when the source names none.</param>
/// <param name="QueueStatus">Of its newest item that is open or failed; <see langword="null"/> when there is none.</param>
/// <param name="IsMissing">Offered in a wanted language, no file, monitored, neither ignored nor removed by the user.</param>
/// <param name="IsUpgradable">On disk in a language short of the profile's cut-off, and offered in a better one; monitored and not ignored.</param>
/// <param name="Wanted">The language that would be fetched; <see langword="null"/> when none is offered that is wanted, or better than what is on disk.</param>
public sealed record EpisodeView(
    int Season,
    int Number,
    string Title,
    IReadOnlyDictionary<string, string> Titles,
    int? Absolute,
    IReadOnlyList<Language> Available,
    IReadOnlyList<EpisodeFileView> Files,
    DownloadStatus? QueueStatus,
    Guid? DownloadId,
    bool Ignored,
    bool RemovedByUser,
    bool IsMissing,
    bool IsUpgradable,
    Language? Wanted,
    Decision Decision)
{
    public bool IsDownloaded => Files.Count > 0;
}

/// <param name="Path">Below the library root, with <c>/</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Problem">What the integrity check found wrong, as <c>code: sentence</c>; <see langword="null"/> for a sound file.</param>
public sealed record EpisodeFileView(Language Language, string Path, long Size, bool Verified, string? Problem = null);

public enum SeriesSort
{
    Name,
    Missing,
    Added,
    Updated,
}

/// <summary>Which series to list.</summary>
public sealed record SeriesQuery
{
    /// <summary>Also those without missing episodes.</summary>
    public bool All { get; init; }

    /// <summary>Part of the name, in any case.</summary>
    public string? Filter { get; init; }

    public SeriesSort Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary><see langword="null"/> for all.</summary>
    public int? PerPage { get; init; }
}

public sealed record SeriesPage(IReadOnlyList<SeriesSummary> Items, int Total);

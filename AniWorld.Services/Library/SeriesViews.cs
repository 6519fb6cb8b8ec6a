using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
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

    /// <summary>Episodes on disk that the source has in a language that is wanted more.</summary>
    public int UpgradableCount { get; init; }

    /// <summary>Episodes whose download failed and is still in the queue.</summary>
    public int FailedCount { get; init; }

    /// <summary>New episodes come at a steady pace.</summary>
    public bool IsAiring { get; init; }

    /// <summary>Name of its language profile; <see langword="null"/> for the general one.</summary>
    public string? LanguageProfile { get; init; }

    public SeriesTraits Traits =>
        (MissingCount > 0 ? SeriesTraits.Missing : 0)
        | (UpgradableCount > 0 ? SeriesTraits.Upgradable : 0)
        | (EpisodeCount > 0 && DownloadedCount >= EpisodeCount ? SeriesTraits.Complete : 0)
        | (FailedCount > 0 ? SeriesTraits.Failed : 0)
        | (IsAiring ? SeriesTraits.Airing : 0)
        | (Monitored ? 0 : SeriesTraits.Unmonitored);
}

/// <summary>A series with its episodes, by season and number, films and specials last.</summary>
public sealed record SeriesDetail(
    SeriesSummary Summary, string? Description, string? LanguageProfile, bool? AutoDownload, IReadOnlyList<EpisodeView> Episodes)
{
    public SeriesRefreshState Refresh { get; init; } = new(null, null, null, null);

    /// <summary>To ask <see cref="CoverService"/> for a wide picture; <see langword="null"/> when the source shows none.</summary>
    public string? BackdropId { get; init; }
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

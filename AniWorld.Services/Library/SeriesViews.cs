using AniWorld.Data.Downloads;
using AniWorld.Data.Library;

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
    SeriesSummary Summary, string? Description, string? LanguageProfile, bool? AutoDownload, IReadOnlyList<EpisodeView> Episodes);

/// <summary>An episode as it stands: what the source offers, what is on disk, what the queue does about it.</summary>
/// <param name="Title">In the configured title language, else in any; empty when the source names none.</param>
/// <param name="QueueStatus">Of its newest item that is open or failed; <see langword="null"/> when there is none.</param>
/// <param name="IsMissing">Offered in a wanted language, no file, monitored, neither ignored nor removed by the user.</param>
/// <param name="IsUpgradable">On disk in a language short of the profile's cut-off, and offered in a better one; monitored and not ignored.</param>
/// <param name="Wanted">The language that would be fetched; <see langword="null"/> when none is offered that is wanted.</param>
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
    EpisodeDecision Decision)
{
    public bool IsDownloaded => Files.Count > 0;
}

/// <param name="Path">Below the library root, with <c>/</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Problem">What the integrity check found wrong, as <c>code: sentence</c>; <see langword="null"/> for a sound file.</param>
public sealed record EpisodeFileView(Language Language, string Path, long Size, bool Verified, string? Problem = null);

/// <summary>Why an episode is as it is.</summary>
/// <param name="Code">Such as <c>have</c>, <c>missing</c> or <c>not_offered</c>.</param>
/// <param name="Arguments">What the sentence for the code names, such as <c>language</c>; dates are ISO 8601.</param>
public sealed record EpisodeDecision(string Code, params IReadOnlyList<(string Name, string? Value)> Arguments)
{
    /// <summary>When that changes by itself; <see langword="null"/> when no time can be told.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Which episodes a list over the whole library is of.</summary>
public enum MissingKind
{
    /// <summary>Offered in a wanted language, no file, monitored, neither ignored nor removed by the user.</summary>
    Missing,

    /// <summary>On disk, and offered in a language that the profile prefers to those on disk.</summary>
    Upgradable,
}

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

/// <summary>A missing episode, in a list over the whole library.</summary>
public sealed record MissingEpisode(string Key, string Name, EpisodeView Episode);

public sealed record MissingPage(IReadOnlyList<MissingEpisode> Items, int Total);

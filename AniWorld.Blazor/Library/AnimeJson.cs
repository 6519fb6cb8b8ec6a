using System.Globalization;
using System.Text.Json.Serialization;
using AniWorld.Blazor.Policy;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Library;

internal record AnimeSummary(
    string Key,
    string Name,
    string Site,
    string Folder,
    IReadOnlyDictionary<string, IReadOnlyList<int>> MissingEpisodes,
    string Link,
    int MissingCount,
    int EpisodeCount,
    int DownloadedCount,
    bool Monitored,
    string? Cover,
    int? Year)
{
    public static AnimeSummary From(SeriesSummary series) => new(
        series.Key,
        series.Name,
        series.Site,
        series.Folder,
        series.Missing.ToDictionary(season => season.Key.ToString(CultureInfo.InvariantCulture), season => season.Value),
        series.Link,
        series.MissingCount,
        series.EpisodeCount,
        series.DownloadedCount,
        series.Monitored,
        series.HasCover ? $"/api/covers/{series.Key}" : null,
        series.Year);
}

/// <param name="RefreshHours">Between two looks at the catalogue, as the user wants them; null for what was learnt.</param>
/// <param name="NextRefreshAt">Null as soon as may be.</param>
internal sealed record AnimeDetail(
    AnimeSummary Summary,
    string Title,
    string? Description,
    int? RefreshHours,
    DateTimeOffset? RefreshedAt,
    DateTimeOffset? NextRefreshAt,
    string? RefreshReason,
    IReadOnlyList<AnimeEpisode> Episodes)
    : AnimeSummary(Summary)
{
    /// <summary>Its members stand beside the others, not below a member of their own.</summary>
    [JsonIgnore]
    public AnimeSummary Summary { get; } = Summary;

    public static AnimeDetail From(SeriesDetail series, CultureInfo reader) => new(
        AnimeSummary.From(series.Summary),
        series.Summary.Name,
        series.Description,
        series.Refresh.Hours,
        series.Refresh.Last,
        series.Refresh.Next,
        series.Refresh.Reason,
        [.. series.Episodes.Select(e => AnimeEpisode.From(e, reader))]);
}

internal sealed record AnimeEpisode(
    int Season,
    int Episode,
    string Title,
    IReadOnlyDictionary<string, string> Titles,
    int? Absolute,
    bool IsDownloaded,
    string? FilePath,
    long? SizeBytes,
    DownloadStatus? QueueStatus,
    IReadOnlyList<string> Available,
    IReadOnlyList<AnimeFile> Files,
    bool Ignored,
    AnimeDecision Decision)
{
    public static AnimeEpisode From(EpisodeView episode, CultureInfo reader) => new(
        episode.Season,
        episode.Number,
        episode.Title,
        episode.Titles,
        episode.Absolute,
        episode.IsDownloaded,
        episode.Files.Count > 0 ? episode.Files[0].Path : null,
        episode.Files.Count > 0 ? episode.Files.Sum(f => f.Size) : null,
        episode.QueueStatus,
        [.. episode.Available.Select(l => l.Code)],
        [.. episode.Files.Select(f => new AnimeFile(f.Language.Code, f.Path, f.Size, f.Verified))],
        episode.Ignored,
        AnimeDecision.From(episode.Decision, reader));
}

internal sealed record AnimeFile(string Language, string Path, long SizeBytes, bool Verified);

internal sealed record AnimeDecision(string Code, string Sentence, DateTimeOffset? Until)
{
    /// <param name="reader">Whose language the sentence is in.</param>
    public static AnimeDecision From(Decision decision, CultureInfo reader) =>
        new(decision.Code, DecisionSentence.Of(decision, reader), decision.Until);
}

internal sealed record SearchRequest
{
    public required string Query { get; init; }

    public string? Provider { get; init; }
}

internal sealed record SearchHitJson(
    string Key, string Name, string Site, string Link, string Folder, int? Year, string? Description, string? Cover, bool InLibrary);

internal sealed record AddRequest
{
    public required string Link { get; init; }

    public string? Name { get; init; }

    public string? Folder { get; init; }
}

internal sealed record EpisodesChange
{
    public required IReadOnlyList<EpisodeNumber> Episodes { get; init; }

    public bool? Ignored { get; init; }

    public bool? Wanted { get; init; }
}

/// <summary>What files are in whose names do not say.</summary>
internal sealed record LanguageAssignment
{
    public required IReadOnlyList<EpisodeNumber> Episodes { get; init; }

    public required string Language { get; init; }

    /// <summary>What they are held to be now; those in another language stay as they are.</summary>
    public string From { get; init; } = "unknown";
}

/// <param name="Files">How many changed; a double episode's file is one.</param>
internal sealed record LanguageAssigned(int Files);

internal sealed record ScanStarted(string Status, string ScanId);

internal sealed record ScanJson(
    string ScanId,
    ScanState State,
    string? Key,
    int Current,
    int Total,
    int Files,
    int Missing,
    string? Message,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt)
{
    public static ScanJson From(ScanRun run) => new(
        run.Id.ToString("N"), run.State, run.SeriesKey, run.Current, run.Total, run.Files, run.Missing, run.Message, run.StartedAt, run.FinishedAt);
}

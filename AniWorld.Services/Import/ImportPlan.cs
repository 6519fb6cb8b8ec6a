using System.Text.Json;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Import;

/// <summary>What is taken over from an older installation, every part of it checked.</summary>
public sealed record ImportPlan
{
    /// <summary>Absolute path of the old installation.</summary>
    public required string Source { get; init; }

    /// <summary>Series that are new here, and those known already that get further episodes.</summary>
    public required IReadOnlyList<ImportedSeries> Series { get; init; }

    /// <summary>Series that are here already.</summary>
    public required int KnownSeries { get; init; }

    public required IReadOnlyList<ImportedDownload> Downloads { get; init; }

    /// <summary>bcrypt; <see langword="null"/> when there is none to take over, or one is set here already.</summary>
    public required string? PasswordHash { get; init; }

    public required IReadOnlyList<ImportedSetting> Settings { get; init; }

    /// <summary>The settings as a merge patch.</summary>
    public required JsonElement Patch { get; init; }

    /// <summary>A sentence for each thing that is not taken over, or not as it was.</summary>
    public required IReadOnlyList<Sentence> Remarks { get; init; }

    public int NewSeries => Series.Count(series => series.IsNew);

    public int NewEpisodes => Series.Sum(series => series.Episodes.Count);

    public bool IsEmpty => Series.Count == 0 && Downloads.Count == 0 && PasswordHash is null && Settings.Count == 0;
}

/// <param name="Path">Dotted, as in <c>config.json</c>.</param>
/// <param name="Value">As JSON.</param>
public sealed record ImportedSetting(string Path, string Value);

/// <summary>A series, with the episodes that are not here yet.</summary>
public sealed record ImportedSeries
{
    /// <summary>False when it is here already.</summary>
    public required bool IsNew { get; init; }

    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Site { get; init; }

    public required string Folder { get; init; }

    public required string Link { get; init; }

    public required string Provider { get; init; }

    public int? Year { get; init; }

    public string? Description { get; init; }

    public string? Cover { get; init; }

    public bool Monitored { get; init; } = true;

    public bool? AutoDownload { get; init; }

    public required IReadOnlyList<ImportedEpisode> Episodes { get; init; }
}

/// <param name="Titles">By language of the text.</param>
public sealed record ImportedEpisode(EpisodeNumber Number, IReadOnlyDictionary<string, string> Titles, bool Ignored);

/// <param name="Language"><see langword="null"/>: the language profile decides.</param>
/// <param name="At">When it was queued, or finished; <see langword="null"/> when that is unknown.</param>
public sealed record ImportedDownload(
    string Key, EpisodeNumber Number, DownloadStatus Status, DownloadPriority Priority, string? Title, string? Error, Language? Language, DateTimeOffset? At);

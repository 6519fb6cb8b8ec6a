using System.Text.Json.Serialization;
using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Progress;

/// <summary>Something that happened, on its way to circuits, sockets and sinks.</summary>
/// <remarks>The names below are what nodes call it that tell each other.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(DownloadProgressed), "download_progressed")]
[JsonDerivedType(typeof(DownloadCompleted), "download_completed")]
[JsonDerivedType(typeof(DownloadFailed), "download_failed")]
[JsonDerivedType(typeof(DownloadStopped), "download_stopped")]
[JsonDerivedType(typeof(QueueChanged), "queue_changed")]
[JsonDerivedType(typeof(ScanProgressed), "scan_progressed")]
[JsonDerivedType(typeof(ScanCompleted), "scan_completed")]
[JsonDerivedType(typeof(ScanFailed), "scan_failed")]
[JsonDerivedType(typeof(SeriesChanged), "series_changed")]
[JsonDerivedType(typeof(EpisodeReplaced), "episode_replaced")]
[JsonDerivedType(typeof(EpisodesFound), "episodes_found")]
[JsonDerivedType(typeof(SystemNotice), "system_notice")]
[JsonDerivedType(typeof(DatabaseReplaced), "database_replaced")]
public abstract record ProgressEvent
{
    /// <summary>Under which id the other nodes find it in the database, where it was stored together with what it tells of.</summary>
    internal Guid? KeptAs { get; init; }
}

/// <summary>How far one download is. Replaces the one before; the last (100) always arrives.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Speed">Bytes per second over the last seconds.</param>
public sealed record DownloadProgressed(
    Guid DownloadId, string Key, string Folder, int Season, int Number, DownloadPhase Phase, double Percent, long DownloadedBytes,
    long? TotalBytes, double Speed, TimeSpan? TimeLeft) : ProgressEvent;

/// <summary>What a running download does.</summary>
public enum DownloadPhase
{
    Resolving,
    Downloading,
    Paused,
    Processing,
}

public sealed record DownloadCompleted(
    Guid DownloadId, string Key, string Folder, int Season, int Number, string FilePath, long Size, string Language) : ProgressEvent;

/// <param name="Error">As <c>code: sentence</c>.</param>
public sealed record DownloadFailed(
    Guid DownloadId, string Key, string Folder, int Season, int Number, string Error, bool WillRetry, DateTimeOffset? NextRetryAt)
    : ProgressEvent;

/// <summary>The queue changed: items came, went or changed status, or its switch did.</summary>
public sealed record QueueChanged(bool IsRunning, bool IsPaused, Downloads.QueueStatistics Statistics) : ProgressEvent;

/// <summary>How far a scan is.</summary>
/// <param name="Key">The series at hand; <see langword="null"/> before the first one.</param>
public sealed record ScanProgressed(
    Guid ScanId, int Current, int Total, string? Key, string? Folder, string Message) : ProgressEvent
{
    public double Percent => Total == 0 ? 0 : 100.0 * Current / Total;

    /// <summary>About when its end is to be expected, where a site's pace makes it long; <see langword="null"/> otherwise.</summary>
    public DateTimeOffset? Until { get; init; }
}

public sealed record ScanCompleted(Guid ScanId, int Series, int Files, int Missing, TimeSpan Duration, Sentence? Warning) : ProgressEvent;

public sealed record ScanFailed(Guid ScanId, string Error, bool Cancelled) : ProgressEvent;

/// <summary>A series was added, changed or removed, its files changed: who shows it reads it again.</summary>
public sealed record SeriesChanged(string Key, string Folder) : ProgressEvent;

/// <summary>A download took the place of what was on disk of its episode; that is in the trash, and can be put back.</summary>
public sealed record EpisodeReplaced(string Key, string Folder, int Season, int Number, Language Language, RemovedFiles Earlier) : ProgressEvent;

/// <summary>A catalogue offers episodes of a known series for the first time.</summary>
/// <param name="Episodes">At least one.</param>
public sealed record EpisodesFound(string Key, string Folder, IReadOnlyList<Library.EpisodeNumber> Episodes) : ProgressEvent;

/// <summary>Something for whoever is there: shutting down, disk full, a source in trouble.</summary>
/// <param name="Level"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
public sealed record SystemNotice(string Level, string Code, string Message) : ProgressEvent;

/// <summary>A download is no longer active and has no outcome: cancelled, removed, or back among the waiting.</summary>
/// <remarks>For pages; sockets get the <see cref="QueueChanged"/> that follows.</remarks>
public sealed record DownloadStopped(Guid DownloadId, string Key, string Folder, int Season, int Number) : ProgressEvent;

/// <summary>A restore gave the database other content: whoever shows any of it reads it again.</summary>
public sealed record DatabaseReplaced : ProgressEvent;

using System.Globalization;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;

namespace AniWorld.Services.Notifications;

/// <summary>Makes of the hub's events what people are told. The same trouble is told once an hour, however many downloads meet it.</summary>
internal sealed class OccurrenceReader(TimeProvider time)
{
    private const int MostRemembered = 200;

    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Event, string What), long> _told = [];

    /// <returns><see langword="null"/> for what nobody is told.</returns>
    public Occurrence? Read(SequencedEvent happened) => happened.Event switch
    {
        DownloadCompleted done => Of(
            NotificationEvents.DownloadComplete, NotificationLevel.Info, happened,
            [.. Episode(done.Key, done.Folder, done.Season, done.Number), ("path", done.FilePath), ("size", Size(done.Size)), ("language", done.Language)]),
        DownloadFailed failed => Failed(failed, happened),
        EpisodesFound found => Of(NotificationEvents.NewEpisode, NotificationLevel.Info, happened, [.. Found(found)]),
        ScanCompleted scan => Of(
            NotificationEvents.ScanComplete, scan.Warning is null ? NotificationLevel.Info : NotificationLevel.Warning, happened,
            [("count", Number(scan.Series)), ("missing", Number(scan.Missing)), ("message", scan.Warning?.ToString() ?? "")]),
        ScanFailed { Cancelled: false } scan => Of(
            NotificationEvents.ScanFailed, NotificationLevel.Error, happened, [("error", scan.Error), ("message", scan.Error)]),
        SystemNotice notice => Notice(notice, happened),
        _ => null,
    };

    private Occurrence? Failed(DownloadFailed failed, SequencedEvent happened)
    {
        var code = failed.Error.Split(':')[0];
        var what = code switch
        {
            FaultCode.DiskFull => NotificationEvents.DiskFull,
            FaultCode.TargetMissing or FaultCode.ReadOnly or FaultCode.PermissionDenied => NotificationEvents.LibraryAway,
            _ => NotificationEvents.DownloadFailed,
        };
        if (what == NotificationEvents.DownloadFailed)
        {
            return failed.WillRetry ? null : Of(
                what, NotificationLevel.Error, happened,
                [.. Episode(failed.Key, failed.Folder, failed.Season, failed.Number), ("error", failed.Error), ("message", Sentence(failed.Error))]);
        }

        return IsNews(what, code) ? Of(
            what, NotificationLevel.Error, happened, [("error", failed.Error), ("message", Sentence(failed.Error))]) : null;
    }

    private Occurrence? Notice(SystemNotice notice, SequencedEvent happened)
    {
        var level = notice.Level switch { "error" => NotificationLevel.Error, "warning" => NotificationLevel.Warning, _ => NotificationLevel.Info };
        return level != NotificationLevel.Info && IsNews(EventOf(notice.Code), notice.Message)
            ? Of(EventOf(notice.Code), level, happened, [("error", $"{notice.Code}: {notice.Message}"), ("message", notice.Message)])
            : null;
    }

    private static string EventOf(string code) => code switch
    {
        FaultCode.DiskFull => NotificationEvents.DiskFull,
        FaultCode.TargetMissing or FaultCode.ReadOnly or FaultCode.PermissionDenied => NotificationEvents.LibraryAway,
        NotificationEvents.BackupFailed => NotificationEvents.BackupFailed,
        FaultCode.ProviderChanged => NotificationEvents.SourceAttention,
        _ when code.StartsWith("source_", StringComparison.Ordinal) || code.StartsWith("profile_", StringComparison.Ordinal) =>
            NotificationEvents.SourceAttention,
        _ => NotificationEvents.Warning,
    };

    private bool IsNews(string name, string what)
    {
        if (_told.TryGetValue((name, what), out var at) && time.GetElapsedTime(at) < Silence)
        {
            return false;
        }

        if (_told.Count >= MostRemembered)
        {
            _told.Clear();
        }

        _told[(name, what)] = time.GetTimestamp();
        return true;
    }

    private static IEnumerable<(string, string)> Found(EpisodesFound found)
    {
        var numbers = found.Episodes.OrderBy(number => (number.Season, number.Episode)).ToList();
        return
        [
            ("series", Series(found.Key, found.Folder)), ("key", found.Key), ("season", Number(numbers[0].Season)), ("number", Number(numbers[0].Episode)),
            ("episode", string.Join(", ", numbers.Take(10)) + (numbers.Count > 10 ? ", …" : "")), ("count", Number(numbers.Count)),
        ];
    }

    private static IEnumerable<(string, string)> Episode(string key, string folder, int season, int number) =>
    [
        ("series", Series(key, folder)), ("key", key), ("season", Number(season)), ("number", Number(number)),
        ("episode", new EpisodeNumber(season, number).ToString()),
    ];

    private static Occurrence Of(string name, NotificationLevel level, SequencedEvent happened, IEnumerable<(string Name, string Value)> values) => new(
        name, level, happened.Timestamp,
        values.Append(("time", happened.Timestamp.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)))
            .ToDictionary(value => value.Item1, value => Clean(value.Item2)));

    /// <summary>Names come from remote pages: one line, and no longer than anybody reads.</summary>
    private static string Clean(string text) =>
        new([.. text.Take(1_000).Select(c => char.IsControl(c) ? ' ' : c)]);

    private static string Series(string key, string folder) => folder.Length > 0 ? folder : key;

    private static string Sentence(string error) => error.Split(": ", 2)[^1];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.#} MiB");
}

using System.Text.Json;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.Data.Sqlite;

namespace AniWorld.Services.Import;

/// <summary>Reads the old database from a copy, for even reading makes SQLite write beside a file.</summary>
internal sealed class OldDatabase
{
    private const int MostSeries = 50_000;
    private const int MostEpisodes = 2_000_000;
    private const int MostDownloads = 100_000;
    private const long LargestFile = 4L << 30;

    /// <exception cref="FaultException">It is damaged or no database.</exception>
    public async Task ReadAsync(OldInstallation old, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            old.Remarks.Add(new Sentence("import_no_database", path));
            return;
        }

        if (new FileInfo(path).Length > LargestFile)
        {
            throw new FaultException(FaultCode.TooLarge, new Sentence("fault_import_large", path, LargestFile >> 30));
        }

        var folder = Directory.CreateTempSubdirectory("aniworld-import-").FullName;
        try
        {
            var copy = Path.Join(folder, "old.db");
            File.Copy(path, copy);
            if (File.Exists(path + "-wal"))
            {
                File.Copy(path + "-wal", copy + "-wal");
            }

            await ReadCopyAsync(old, path, copy, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ReadCopyAsync(OldInstallation old, string path, string copy, CancellationToken cancellationToken)
    {
        try
        {
            if (await SqliteFileCheck.FindDamageAsync(copy, cancellationToken) is { } damage)
            {
                throw Unusable(path, damage, null);
            }

            await using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync(cancellationToken);
            var keys = ReadSeries(old, connection, path);
            var episodes = ReadEpisodes(old, connection, keys, cancellationToken);
            ReadDownloads(old, connection, keys, episodes);
        }
        catch (SqliteException e)
        {
            throw Unusable(path, e.Message, e);
        }
    }

    private static FaultException Unusable(string path, string reason, Exception? inner) => new(
        FaultCode.IoError,
        new Sentence("fault_import_unusable", path, reason.TrimEnd('.')),
        inner);

    /// <returns>Key by database id.</returns>
    private static Dictionary<long, string> ReadSeries(OldInstallation old, SqliteConnection connection, string path)
    {
        var keys = new Dictionary<long, string>();
        if (OldTable.Columns(connection, "anime_series") is not { } columns)
        {
            old.Remarks.Add(new Sentence("import_no_table", path));
            return keys;
        }

        foreach (var row in OldTable.Rows(connection, "anime_series", columns, MostSeries))
        {
            var key = row.Text("key");
            if (!OldValues.IsKey(key))
            {
                old.Remarks.Add(new Sentence("import_bad_key", OldValues.Shown(row.Text("name", "title")), OldValues.Shown(key)));
            }
            else if (row.Text("deleted_at") is null)
            {
                if (!old.Series.TryAdd(key!, SeriesOf(key!, row)))
                {
                    old.Remarks.Add(new Sentence("import_key_twice", key));
                }

                keys[row.Number("id") ?? -1] = key!;
            }
        }

        return keys;
    }

    private static OldSeries SeriesOf(string key, OldRow row) => new(key)
    {
        Name = row.Text("name", "title"),
        Site = row.Text("site"),
        Folder = row.Text("folder"),
        Link = row.Text("link", "url"),
        Year = row.Number("year") is > 1900 and < 2200 and var year ? (int)year : null,
        Description = row.Text("description"),
        Cover = row.Text("cover", "cover_url"),
        Monitored = row.Flag("monitored") ?? true,
        AutoDownload = row.Flag("auto_download"),
    };

    /// <returns>Series and number by database id.</returns>
    private static Dictionary<long, (string Key, EpisodeNumber Number)> ReadEpisodes(
        OldInstallation old, SqliteConnection connection, Dictionary<long, string> keys, CancellationToken cancellationToken)
    {
        var episodes = new Dictionary<long, (string, EpisodeNumber)>();
        var wrong = 0;
        if (OldTable.Columns(connection, "episodes") is not { } columns)
        {
            return episodes;
        }

        foreach (var row in OldTable.Rows(connection, "episodes", columns, MostEpisodes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.Text("deleted_at") is not null)
            {
                continue;
            }

            if (KeyOf(old, row, keys) is not { } key || NumberOf(row) is not { } number)
            {
                wrong++;
                continue;
            }

            old.Series[key].Episodes.TryAdd(number, new OldEpisode(Titles(row), row.Flag("ignored") ?? false));
            episodes[row.Number("id") ?? -1] = (key, number);
        }

        if (wrong > 0)
        {
            old.Remarks.Add(new Sentence("import_lost_episodes", wrong));
        }

        return episodes;
    }

    private static void ReadDownloads(
        OldInstallation old, SqliteConnection connection, Dictionary<long, string> keys, Dictionary<long, (string Key, EpisodeNumber Number)> episodes)
    {
        var wrong = 0;
        if (OldTable.Columns(connection, "download_queue_item") is not { } columns)
        {
            return;
        }

        foreach (var row in OldTable.Rows(connection, "download_queue_item", columns, MostDownloads).Where(row => row.Text("deleted_at") is null))
        {
            var (key, number) = row.Number("episode_id") is { } id && episodes.TryGetValue(id, out var known)
                ? (known.Key, known.Number)
                : (KeyOf(old, row, keys), NumberOf(row));
            if (key is null || number is null || StatusOf(row) is not { } status)
            {
                wrong++;
                continue;
            }

            old.Downloads.Add(new OldDownload(key, number.Value, status, PriorityOf(row))
            {
                Title = OldValues.Text(row.Text("title")),
                Error = OldValues.Text(row.Text("error", "error_message")),
                Language = Language.TryParse(row.Text("language"), out var language) ? language : null,
                At = row.Time("completed_at") ?? row.Time("added_at", "created_at"),
            });
        }

        if (wrong > 0)
        {
            old.Remarks.Add(new Sentence("import_lost_items", wrong));
        }
    }

    private static string? KeyOf(OldInstallation old, OldRow row, Dictionary<long, string> keys) =>
        row.Number("series_id", "anime_series_id", "serie_id") is { } id && keys.TryGetValue(id, out var key)
            ? key
            : row.Text("series_key", "serie_key", "serie_id", "series") is { } text && old.Series.ContainsKey(text) ? text : null;

    private static EpisodeNumber? NumberOf(OldRow row) =>
        OldValues.Number(row.Number("season", "season_number"), row.Number("number", "episode_number", "episode"));

    private static Dictionary<string, string> Titles(OldRow row)
    {
        var titles = new Dictionary<string, string>();
        if (row.Text("titles") is { } json)
        {
            try
            {
                titles = (JsonSerializer.Deserialize<Dictionary<string, string?>>(json) ?? [])
                    .Where(title => title.Key.Length == 2 && OldValues.Text(title.Value) is not null)
                    .ToDictionary(title => title.Key, title => OldValues.Text(title.Value)!);
            }
            catch (JsonException)
            {
                // The one title, if there is one, has to do.
            }
        }

        return titles.Count == 0 && OldValues.Text(row.Text("title")) is { } only ? new() { ["de"] = only } : titles;
    }

    /// <returns><see langword="null"/> for a cancelled one.</returns>
    private static DownloadStatus? StatusOf(OldRow row) => row.Text("status")?.ToLowerInvariant() switch
    {
        "completed" => DownloadStatus.Completed,
        "failed" => DownloadStatus.Failed,
        "cancelled" or "canceled" => null,
        null when row.Time("completed_at") is not null => DownloadStatus.Completed,
        null when row.Text("error", "error_message") is not null => DownloadStatus.Failed,
        _ => DownloadStatus.Pending,
    };

    private static DownloadPriority PriorityOf(OldRow row) =>
        Enum.TryParse<DownloadPriority>(row.Text("priority"), ignoreCase: true, out var priority) && Enum.IsDefined(priority) ? priority : DownloadPriority.Normal;
}

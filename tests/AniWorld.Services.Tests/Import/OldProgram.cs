using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AniWorld.Services.Tests.Import;

/// <summary>A folder as the old Python program left it: <c>data/config.json</c>, <c>data/aniworld.db</c>, and a file <c>data</c> in each series' folder.</summary>
internal sealed class OldProgram : IDisposable
{
    public const string Password = "Das alte Kennwort";

    private readonly string _root = Directory.CreateTempSubdirectory("aniworld-old-").FullName;

    public OldProgram()
    {
        Directory.CreateDirectory(Path.Join(_root, "data"));
        Directory.CreateDirectory(Library);
    }

    public string Root => _root;

    public string Library => Path.Join(_root, "anime");

    public string Database => Path.Join(_root, "data", "aniworld.db");

    /// <summary>A small installation with everything in it.</summary>
    public static OldProgram Whole()
    {
        var old = new OldProgram();
        old.WriteConfiguration(new
        {
            name = "Aniworld",
            data_dir = "data",
            scheduler = new { enabled = true, interval_minutes = 60, schedule_time = "04:30", schedule_days = new[] { "Monday", "fri" }, auto_download_after_rescan = true },
            logging = new { level = "WARNING", max_bytes = 1000 },
            backup = new { enabled = true, keep_days = 14 },
            other = new { anime_directory = "anime", master_password_hash = BCrypt.Net.BCrypt.HashPassword(Password, 4).Replace("$2a$", "$2b$", StringComparison.Ordinal) },
            version = "1.0.0",
        });
        old.Execute(
            Tables,
            "INSERT INTO anime_series VALUES (1, 'attack-on-titan', 'Attack on Titan', 'aniworld.to', 'Attack on Titan (2013)', '2024-01-02 03:04:05', NULL)",
            "INSERT INTO anime_series VALUES (2, 'one-piece', 'One Piece', 'https://www.aniworld.to', 'One Piece', '2024-01-02 03:04:05', NULL)",
            "INSERT INTO episodes VALUES (10, 1, 1, 1, 'To You, in 2000 Years', 1, '/srv/anime/x.mp4')",
            "INSERT INTO episodes VALUES (11, 1, 1, 2, NULL, 0, NULL)",
            "INSERT INTO episodes VALUES (12, 2, 0, 1, 'Film', 0, NULL)",
            "INSERT INTO download_queue_item VALUES ('a', 1, 11, 'pending', 'HIGH', NULL, NULL, '2024-05-01 10:00:00')",
            "INSERT INTO download_queue_item VALUES ('b', 2, 12, 'failed', 'NORMAL', 'It broke', NULL, '2024-05-01 11:00:00')",
            "INSERT INTO download_queue_item VALUES ('c', 1, 10, 'completed', 'LOW', NULL, '2024-05-02 10:00:00', '2024-05-01 12:00:00')",
            "INSERT INTO download_queue_item VALUES ('d', 1, 10, 'cancelled', 'LOW', NULL, NULL, '2024-05-01 12:00:00')");
        old.WriteSeriesFile("Attack on Titan (2013)", "attack-on-titan", "Attack on Titan", """{"1": [2, 3], "2": [1]}""");
        old.WriteSeriesFile("Only On Disk", "only-on-disk", "Only on disk", """{"1": [1, 2]}""");
        Directory.CreateDirectory(Path.Join(old.Library, "Without a file"));
        return old;
    }

    /// <summary>The old tables; keys are not unique here, as a damaged installation may have it.</summary>
    public const string Tables = """
        CREATE TABLE anime_series (id INTEGER PRIMARY KEY, key TEXT, name TEXT, site TEXT, folder TEXT, created_at TEXT, deleted_at TEXT);
        CREATE TABLE episodes (id INTEGER PRIMARY KEY, series_id INTEGER, season INTEGER, episode_number INTEGER, title TEXT, is_downloaded INTEGER, file_path TEXT);
        CREATE TABLE download_queue_item (id TEXT PRIMARY KEY, series_id INTEGER, episode_id INTEGER, status TEXT, priority TEXT, error_message TEXT, completed_at TEXT, created_at TEXT);
        """;

    public void WriteConfiguration(object content) => WriteConfiguration(JsonSerializer.Serialize(content));

    public void WriteConfiguration(string text) => File.WriteAllText(Path.Join(_root, "data", "config.json"), text);

    public void WriteSeriesFile(string folder, string key, string name, string episodes) =>
        WriteSeriesFile(folder, $$"""{"key": "{{key}}", "name": "{{name}}", "site": "aniworld.to", "folder": "{{folder}}", "episodeDict": {{episodes}}}""");

    public void WriteSeriesFile(string folder, string content)
    {
        Directory.CreateDirectory(Path.Join(Library, folder));
        File.WriteAllText(Path.Join(Library, folder, "data"), content);
    }

    public void Execute(params string[] statements)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Every file with its content and time, to see that nothing changes.</summary>
    public string Fingerprint() => string.Join('\n', Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => File.Exists(path)
            ? $"{path} {File.GetLastWriteTimeUtc(path):O} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"
            : path));

    public void Damage()
    {
        using var file = File.OpenWrite(Database);
        file.Position = 4096;
        file.Write(Encoding.ASCII.GetBytes(new string('x', 8192)));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

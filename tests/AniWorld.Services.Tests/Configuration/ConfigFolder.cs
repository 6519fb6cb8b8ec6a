using System.Text.Json;
using AniWorld.Data;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Configuration;

/// <summary>A data folder with a database, and the configuration that a server on it would have.</summary>
internal sealed class ConfigFolder : IDbContextFactory<AniWorldDbContext>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("aniworld-config-").FullName;

    public ConfigFolder()
    {
        Data = new DataFolder(Path.Combine(_root, "data"), Path.Combine(_root, "logs"));
        Directory.CreateDirectory(Data.Root);
        Settings["anime_directory"] = Path.Combine(_root, "library");
        using var database = CreateDbContext();
        database.Database.Migrate();
    }

    public DataFolder Data { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What appsettings.json sets, by keys such as <c>downloads:parallel</c>.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    public Dictionary<string, string> Environment { get; } = [];

    public BackupFolder Backups => new(Data, Time);

    public string[] Arguments { get; set; } = [];

    public string File
    {
        get => System.IO.File.ReadAllText(Data.ConfigFile);
        set => System.IO.File.WriteAllText(Data.ConfigFile, value);
    }

    public ConfigChain Open() =>
        ConfigChain.Open(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), Data, Arguments, Environment, Time);

    public ConfigService Service(ConfigChain? chain = null) =>
        new(chain ?? Open(), Data, this, Time, NullLogger<ConfigService>.Instance);

    public string PathOf(string name) => Path.Combine(_root, name);

    public AniWorldDbContext CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<AniWorldDbContext>();
        SqliteDatabase.Configure(options, Data.Database, Time);
        return new AniWorldDbContext(options.Options);
    }

    /// <summary>Lets go of the file, so that a test can do to it what it likes.</summary>
    public void CloseDatabase()
    {
        using var database = CreateDbContext();
        SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
    }

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Data.Sqlite;

/// <summary>AniWorld on SQLite: one file in the data folder, in WAL mode.</summary>
public static class SqliteDatabase
{
    /// <summary>The oldest SQLite that AniWorld starts on: 3.51.3 mends a fault in WAL checkpoints.</summary>
    public static Version OldestSupported { get; } = new(3, 51, 3);

    private static readonly TimeSpan DefaultBusy = TimeSpan.FromSeconds(30);

    public static Version NativeVersion
    {
        get
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return Version.Parse(connection.ServerVersion);
        }
    }

    /// <summary>Whether AniWorld starts on this version of SQLite.</summary>
    public static bool IsSupported(Version version) => version >= OldestSupported;

    /// <summary>Registers an <see cref="IDbContextFactory{TContext}"/> on the database file <paramref name="path"/>.</summary>
    /// <param name="busy">How long to wait while another process writes; <see langword="null"/> for 30 s.</param>
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, string path, TimeSpan? busy = null) => services
        .AddSingleton<DatabasePlace>(new DatabasePlace.File(path))
        .AddSingleton<DataVersion>(_ => new SqliteDataVersion(path))
        .AddDbContextFactory<AniWorldDbContext>((provider, options) =>
            Configure(options, path, provider.GetRequiredService<TimeProvider>(), busy));

    /// <summary>For those who make contexts without a container, such as a test.</summary>
    /// <param name="pooling">Off for a file that is soon removed: none of its connections is kept open.</param>
    public static DbContextOptionsBuilder Configure(
        DbContextOptionsBuilder options, string path, TimeProvider time, TimeSpan? busy = null, bool pooling = true)
    {
        var wait = busy ?? DefaultBusy;
        // The library around SQLite tries again by itself until this time-out, in whole seconds.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = (int)Math.Ceiling(wait.TotalSeconds),
            Pooling = pooling,
        };
        // A list in a query is one parameter. As one for each of its items, SQLite would look each of thousands up among all the others.
        return options
            .UseSqlite(settings.ToString(), sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(new SqliteConnectionPragmas(wait), new TimestampInterceptor(time));
    }

    /// <summary>A connection of its own to a file that is there, for what goes past the model.</summary>
    internal static SqliteConnection Open(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 30, Pooling = false };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Only for <c>dotnet ef</c>, which makes migrations and never opens a database.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<AniWorldDbContext>
    {
        public AniWorldDbContext CreateDbContext(string[] args)
        {
            var options = new DbContextOptionsBuilder<AniWorldDbContext>();
            Configure(options, "design.db", TimeProvider.System);
            return new AniWorldDbContext(options.Options);
        }
    }
}

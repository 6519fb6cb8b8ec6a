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
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, string path) => services
        .AddSingleton(_ => new DataVersion(path))
        .AddDbContextFactory<AniWorldDbContext>((provider, options) =>
            Configure(options, path, provider.GetRequiredService<TimeProvider>()));

    /// <summary>For those who make contexts without a container, such as a test.</summary>
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string path, TimeProvider time) => options
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString())
        .AddInterceptors(new SqliteConnectionPragmas(), new TimestampInterceptor(time));

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

using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AniWorld.Services.Tests;

/// <summary>
/// A real database with today's migrations, that goes away with this: a SQLite file in a temporary folder, or, where
/// <c>ANIWORLD_TEST_DATABASE</c> is <c>postgresql</c>, one on a PostgreSQL of the tests' own.
/// </summary>
public sealed class TestDatabase : IDbContextFactory<AniWorldDbContext>, IDisposable
{
    private readonly Func<AniWorldDbContext> _create;
    private readonly NpgsqlDataSource? _server;
    private readonly string? _name;

    /// <param name="parent">Where its folder is made; <see langword="null"/> for the system's place.</param>
    public TestDatabase(TimeProvider? time = null, string? parent = null)
        : this(time, parent, onServer: Environment.GetEnvironmentVariable("ANIWORLD_TEST_DATABASE") == "postgresql")
    {
    }

    private TestDatabase(TimeProvider? time, string? parent, bool onServer, Func<string, string>? lead = null)
    {
        Folder = parent is null
            ? Directory.CreateTempSubdirectory("aniworld-test-").FullName
            : Directory.CreateDirectory(Path.Join(parent, $"aniworld-test-{Guid.NewGuid():N}")).FullName;
        time ??= TimeProvider.System;
        if (onServer)
        {
            (_name, var direct) = TestServer.NewDatabase();
            var connectionString = lead?.Invoke(direct) ?? direct;
            Place = new DatabasePlace.Server(connectionString);
            _server = PostgreSqlDatabase.Source(connectionString);
            _create = new PostgreSqlContextFactory(_server, time).CreateDbContext;
            return;
        }

        var path = Path.Combine(Folder, "aniworld.db");
        Place = new DatabasePlace.File(path);
        var options = new DbContextOptionsBuilder<AniWorldDbContext>();
        SqliteDatabase.Configure(options, path, time);
        _create = () => new AniWorldDbContext(options.Options);
        using var database = CreateDbContext();
        database.Database.Migrate();
    }

    /// <summary>Holds the database, where that is a file; a test may put its other files here.</summary>
    public string Folder { get; }

    public DatabasePlace Place { get; }

    /// <summary>One on PostgreSQL, for a test that is about that.</summary>
    /// <param name="lead">Makes another way to the server out of the direct one.</param>
    public static TestDatabase OnServer(TimeProvider? time = null, Func<string, string>? lead = null)
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        return new TestDatabase(time, parent: null, onServer: true, lead);
    }

    public AniWorldDbContext CreateDbContext() => _create();

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Dispose();
            TestServer.Drop(_name!);
        }
        else
        {
            using var database = CreateDbContext();
            SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        }

        Directory.Delete(Folder, recursive: true);
    }
}

internal static class TestDatabaseRegistration
{
    /// <summary>The database as the program registers one, but that leases go by the test's clock on either.</summary>
    public static IServiceCollection AddTestDatabase(this IServiceCollection services, TestDatabase database) => services
        .AddDatabase(database.Place)
        .AddSingleton<IDbContextFactory<AniWorldDbContext>>(database)
        .AddSingleton<LeaseClock>();
}

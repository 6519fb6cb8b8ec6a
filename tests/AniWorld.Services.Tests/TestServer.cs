using AniWorld.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

[assembly: AssemblyFixture(typeof(AniWorld.Services.Tests.TestServer))]

namespace AniWorld.Services.Tests;

/// <summary>The PostgreSQL that all tests of a run share, each with a database of its own. It starts with the first of them.</summary>
public sealed class TestServer : IDisposable
{
    private const string Template = "migrated";

    private static readonly Lazy<PostgreSqlServer> Shared = new(Start);
    private static int _last;

    /// <summary>One with today's migrations, made as a copy of one that has them.</summary>
    public static (string Name, string ConnectionString) NewDatabase() => Create(Template);

    /// <summary>One without a table.</summary>
    public static (string Name, string ConnectionString) NewEmptyDatabase()
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        return Create(template: null);
    }

    public static void Drop(string name) => Shared.Value.DropDatabase(name);

    /// <summary>At the end of the run.</summary>
    public void Dispose()
    {
        if (Shared.IsValueCreated)
        {
            NpgsqlConnection.ClearAllPools();
            Shared.Value.Dispose();
        }
    }

    private static (string Name, string ConnectionString) Create(string? template)
    {
        var name = $"test_{Interlocked.Increment(ref _last)}";
        return (name, Shared.Value.CreateDatabase(name, template));
    }

    private static PostgreSqlServer Start()
    {
        var server = PostgreSqlServer.Launch();
        using var source = PostgreSqlDatabase.Source(server.CreateDatabase(Template) + ";Pooling=false");
        using var database = new PostgreSqlContextFactory(source, TimeProvider.System).CreateDbContext();
        database.Database.Migrate();
        return server;
    }
}

using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.Library;
using AniWorld.Data.PostgreSql;
using AniWorld.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Database;

/// <summary>What PostgreSQL does otherwise than SQLite by itself, and not in AniWorld.</summary>
[Trait("Database", "postgresql")]
public sealed class PostgreSqlDatabaseTests : IDisposable
{
    private readonly TestDatabase _database = TestDatabase.OnServer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ConnectionString => ((DatabasePlace.Server)_database.Place).ConnectionString;

    public void Dispose() => _database.Dispose();

    [Fact]
    public void The_migrations_are_up_to_date_with_the_model()
    {
        using var database = _database.CreateDbContext();
        Assert.False(database.Database.HasPendingModelChanges(), "Make a migration for PostgreSQL, too: CONTRIBUTING.md says how.");
    }

    [Fact]
    public async Task Names_are_sorted_and_compared_by_their_bytes()
    {
        await using var database = _database.CreateDbContext();
        database.AddRange(new[] { "b", "B", "a", "ä", "Z" }.Select(name => new Credential { Name = name, Hash = "" }));
        await database.SaveChangesAsync(Token);

        Assert.Equal(["B", "Z", "a", "b", "ä"], await database.Credentials.OrderBy(c => c.Name).Select(c => c.Name).ToListAsync(Token));
        Assert.Equal(["b"], await database.Credentials.Where(c => c.Name == "b").Select(c => c.Name).ToListAsync(Token));
    }

    [Fact]
    public async Task A_time_of_any_zone_is_the_same_to_the_millisecond_when_read_back()
    {
        var time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.FromHours(5.5)).AddTicks(9_999);
        await using (var database = _database.CreateDbContext())
        {
            database.Add(new LoginFailure { Address = "a", At = time });
            await database.SaveChangesAsync(Token);
        }

        await using var again = _database.CreateDbContext();
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()), (await again.LoginFailures.SingleAsync(Token)).At);
        Assert.Equal(1, await again.LoginFailures.CountAsync(f => f.At <= time, Token));
    }

    [Fact]
    public async Task A_second_row_of_one_key_is_known_for_what_it_is()
    {
        await using var database = _database.CreateDbContext();
        database.AddRange(Series(), Series());

        var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveChangesAsync(Token));

        Assert.True(refusal.IsUniqueViolation());
        Assert.False(DatabaseErrors.IsBusy(refusal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_something_to_wait_for()
    {
        await using var source = PostgreSqlDatabase.Source("Host=127.0.0.1;Port=1;Database=none;Username=none");
        await using var database = new PostgreSqlContextFactory(source, TimeProvider.System).CreateDbContext();

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => database.Series.AnyAsync(Token));

        Assert.True(DatabaseErrors.IsBusy(refusal));
    }

    [Fact]
    public async Task Its_version_changes_with_each_commit_of_anybody_and_with_nothing_else()
    {
        await using var source = PostgreSqlDatabase.Source(ConnectionString);
        using var version = new PostgreSqlDataVersion(source);
        await using (var database = _database.CreateDbContext())
        {
            await using var transaction = await database.Database.BeginTransactionAsync(Token);
            database.Add(Series());
            await database.SaveChangesAsync(Token);
            var before = version.Read();

            await transaction.CommitAsync(Token);

            Assert.NotEqual(before, version.Read());
        }
    }

    [Fact]
    public async Task A_database_from_a_newer_version_is_refused_and_not_touched()
    {
        await using (var database = _database.CreateDbContext())
        {
            await database.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ('99990101000000_Tomorrow', '99')""", Token);
        }

        var refusal = await Assert.ThrowsAsync<UnusableDatabaseException>(
            () => new PostgreSqlMigrator(_database, _ => Task.CompletedTask).MigrateAsync(Token));

        Assert.Contains("99990101000000_Tomorrow", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_nodes_may_bring_an_empty_database_up_to_date_at_once()
    {
        var (name, connectionString) = TestServer.NewEmptyDatabase();
        await using (var source = PostgreSqlDatabase.Source(connectionString))
        {
            var databases = new PostgreSqlContextFactory(source, TimeProvider.System);

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new PostgreSqlMigrator(databases, _ => Task.CompletedTask).MigrateAsync(Token)));

            await using var database = databases.CreateDbContext();
            Assert.Empty(await database.Database.GetPendingMigrationsAsync(Token));
        }

        TestServer.Drop(name);
    }

    [Fact]
    public void Both_databases_have_the_same_tables_and_columns()
    {
        using var here = _database.CreateDbContext();
        var options = new DbContextOptionsBuilder<AniWorldDbContext>();
        SqliteDatabase.Configure(options, "unused.db", TimeProvider.System);
        using var there = new AniWorldDbContext(options.Options);

        Assert.Equal(ColumnsOf(there), ColumnsOf(here).Where(column => !PostgreSqlContext.OwnTables.Contains(column.Split('.')[0])));
    }

    private static IEnumerable<string> ColumnsOf(AniWorldDbContext database) => database.Model.GetRelationalModel().Tables
        .SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}"))
        .Order(StringComparer.Ordinal);

    private static AnimeSeries Series() => new()
    {
        Key = "twice",
        Name = "N",
        Site = "s",
        Folder = "F",
        Link = "https://s.example/anime/stream/twice",
        Provider = "aniworld",
    };
}

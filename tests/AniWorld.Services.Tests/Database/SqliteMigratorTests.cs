using AniWorld.Data;
using AniWorld.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AniWorld.Services.Tests.Database;

/// <summary>What the start makes of the database file that it finds.</summary>
public sealed class SqliteMigratorTests : IDisposable
{
    /// <summary>As EF Core leaves it when the process is killed while migrating.</summary>
    private const string LeftLock =
        "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); " +
        "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-11-22 12:00:00')";

    private const string Updates = $"SELECT count(*) FROM __EFMigrationsHistory WHERE MigrationId = '{OneMoreMigration.Id}'";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-test-").FullName;

    private string DatabaseFile => Path.Join(_folder, "aniworld.db");

    private string SafetyCopy => Path.Join(_folder, "before.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_file_gets_the_schema_and_no_copy_is_made()
    {
        await MigrateAsync();

        Assert.Equal(0L, Ask(DatabaseFile, "SELECT count(*) FROM Series"));
        Assert.False(File.Exists(SafetyCopy));
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_migration_does_not_hold_up_the_next_start()
    {
        Ask(DatabaseFile, LeftLock);

        await MigrateAsync();

        Assert.Equal(0L, Ask(DatabaseFile, "SELECT count(*) FROM Series"));
    }

    [Fact]
    public async Task An_update_copies_the_old_state_first_and_passes_a_lock_left_by_a_killed_one()
    {
        await MigrateAsync();
        Ask(DatabaseFile, LeftLock);

        await MigrateAsync(newer: true);

        Assert.Equal(1L, Ask(DatabaseFile, Updates));
        Assert.Equal(0L, Ask(SafetyCopy, Updates));
        Assert.Equal("ok", Ask(SafetyCopy, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_not_touched()
    {
        await MigrateAsync(newer: true);
        var before = await ReadAsync();

        var refusal = await Assert.ThrowsAsync<UnusableDatabaseException>(() => MigrateAsync());

        Assert.Contains("newer AniWorld", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK this was a zip once")]
    public async Task A_file_that_is_no_database_is_refused_and_not_touched(string start)
    {
        var before = System.Text.Encoding.ASCII.GetBytes(start.PadRight(20_000, '.'));
        await File.WriteAllBytesAsync(DatabaseFile, before, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<DamagedDatabaseException>(() => MigrateAsync());

        Assert.Contains(DatabaseFile, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync());
    }

    [Fact]
    public async Task A_database_that_was_overwritten_in_the_middle_is_refused_and_not_touched()
    {
        await MigrateAsync();
        var damaged = await ReadAsync();
        new Random(20261122).NextBytes(damaged.AsSpan(damaged.Length / 3, damaged.Length / 3));
        await File.WriteAllBytesAsync(DatabaseFile, damaged, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<DamagedDatabaseException>(() => MigrateAsync());

        Assert.Equal(damaged, await ReadAsync());
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_refused_with_its_path()
    {
        Directory.CreateDirectory(DatabaseFile);

        var refusal = await Assert.ThrowsAsync<UnusableDatabaseException>(() => MigrateAsync());

        Assert.Contains(DatabaseFile, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.9.0", false)]
    [InlineData("3.51.2", false)]
    [InlineData("3.51.3", true)]
    [InlineData("3.51.10", true)]
    [InlineData("3.53.0", true)]
    [InlineData("4.0.0", true)]
    public void Sqlite_is_supported_from_the_version_on_that_mends_its_checkpoints(string version, bool supported) =>
        Assert.Equal(supported, SqliteDatabase.IsSupported(Version.Parse(version)));

    [Fact]
    public void The_sqlite_that_is_shipped_is_supported() => Assert.True(SqliteDatabase.IsSupported(SqliteDatabase.NativeVersion));

    private async Task MigrateAsync(bool newer = false)
    {
        var factory = new Factory(DatabaseFile, newer);
        try
        {
            await new SqliteMigrator(factory, BackUpAsync).MigrateAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        finally
        {
            factory.Close();
        }
    }

    private Task BackUpAsync(CancellationToken cancellationToken)
    {
        SqliteSnapshot.Make(DatabaseFile, SafetyCopy);
        return Task.CompletedTask;
    }

    private Task<byte[]> ReadAsync() => File.ReadAllBytesAsync(DatabaseFile, TestContext.Current.CancellationToken);

    private static object? Ask(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private sealed class Factory(string path, bool newer) : IDbContextFactory<AniWorldDbContext>
    {
        public AniWorldDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<AniWorldDbContext>();
            SqliteDatabase.Configure(options, path, TimeProvider.System);
            if (newer)
            {
                options.ReplaceService<IMigrationsAssembly, OneMoreMigration>();
            }

            return new AniWorldDbContext(options.Options);
        }

        public void Close()
        {
            using var database = CreateDbContext();
            SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        }
    }
}

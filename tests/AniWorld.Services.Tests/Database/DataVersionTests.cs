using AniWorld.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace AniWorld.Services.Tests.Database;

public sealed class DataVersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-test-").FullName;

    private string Database => Path.Combine(_folder, "aniworld.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_stays_while_nobody_writes_and_changes_with_each_commit()
    {
        Run(Database, "PRAGMA journal_mode=WAL; CREATE TABLE Things (Name TEXT)");
        using var version = new SqliteDataVersion(Database);
        var first = version.Read();
        Run(Database, "SELECT * FROM Things");
        Assert.Equal(first, version.Read());

        Run(Database, "INSERT INTO Things VALUES ('a')");
        var second = version.Read();
        Run(Database, "UPDATE Things SET Name = 'b'");

        Assert.Equal(3, new[] { first, second, version.Read() }.Distinct().Count());
    }

    [Fact]
    public void Another_file_in_the_old_ones_place_is_another_version()
    {
        Run(Database, "CREATE TABLE Things (Name TEXT)");
        using var version = new SqliteDataVersion(Database);
        var first = version.Read();

        var restored = Path.Combine(_folder, "restored.db");
        Run(restored, "CREATE TABLE Things (Name TEXT)");
        SqliteConnection.ClearAllPools();
        File.Move(restored, Database, overwrite: true);
        var second = version.Read();
        Run(Database, "INSERT INTO Things VALUES ('a')");

        Assert.NotEqual(first, second);
        Assert.NotEqual(second, version.Read());
    }

    private static void Run(string path, string command)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var sql = connection.CreateCommand();
        sql.CommandText = command;
        sql.ExecuteNonQuery();
    }
}

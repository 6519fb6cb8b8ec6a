using AniWorld.Data;
using AniWorld.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests;

/// <summary>A real SQLite file with today's migrations, in a temporary folder that goes away with it.</summary>
public sealed class TestDatabase : IDbContextFactory<AniWorldDbContext>, IDisposable
{
    private readonly DbContextOptions<AniWorldDbContext> _options;

    /// <param name="parent">Where its folder is made; <see langword="null"/> for the system's place.</param>
    public TestDatabase(TimeProvider? time = null, string? parent = null)
    {
        Folder = parent is null
            ? Directory.CreateTempSubdirectory("aniworld-test-").FullName
            : Directory.CreateDirectory(Path.Join(parent, $"aniworld-test-{Guid.NewGuid():N}")).FullName;
        var options = new DbContextOptionsBuilder<AniWorldDbContext>();
        SqliteDatabase.Configure(options, Path.Combine(Folder, "aniworld.db"), time ?? TimeProvider.System);
        _options = options.Options;
        using var database = CreateDbContext();
        database.Database.Migrate();
    }

    /// <summary>Holds the database; a test may put its other files here.</summary>
    public string Folder { get; }

    public AniWorldDbContext CreateDbContext() => new(_options);

    public void Dispose()
    {
        using (var database = CreateDbContext())
        {
            SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        }

        Directory.Delete(Folder, recursive: true);
    }
}

using AniWorld.Data;
using AniWorld.Services.Backups;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Database;

/// <summary>The first start of a newer version on an older one's data.</summary>
[Trait("Kind", "api")]
public sealed class DatabaseUpdateTests
{
    [Fact]
    public async Task An_update_backs_everything_up_before_it_changes_the_database()
    {
        var folder = Directory.CreateTempSubdirectory("aniworld-test-").FullName;
        var data = Directory.CreateDirectory(Path.Join(folder, "data")).FullName;
        await OlderDatabase.MakeAsync(Path.Join(data, "aniworld.db"));
        await using (var app = Program.Build(
            ["--data", data, "--logs", Path.Join(folder, "logs"), "--urls", "http://127.0.0.1:0", "--logging.level", "warning"]))
        {
            await app.StartAsync(TestContext.Current.CancellationToken);

            var backup = Assert.Single(app.Services.GetRequiredService<BackupService>().List());
            Assert.Equal(BackupReason.Migration, backup.Reason);
            Assert.Equal(BackupPart.All, backup.Parts);
            await using var database = app.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContext();
            Assert.Equal(OlderDatabase.Key, (await database.Series.SingleAsync(TestContext.Current.CancellationToken)).Key);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

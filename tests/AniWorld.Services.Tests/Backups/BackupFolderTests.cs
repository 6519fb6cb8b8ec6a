using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Tests.Backups;

public sealed class BackupFolderTests : IDisposable
{
    private readonly BackupWorld _world = new();

    public void Dispose() => _world.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<string> Reasons => _world.Backups.List().Select(backup => backup.Reason);

    [Fact]
    public async Task The_oldest_go_when_there_are_too_many()
    {
        foreach (var reason in new[] { "manual", "daily", "migration", "manual", "daily" })
        {
            await MakeAsync(reason);
        }

        _world.Folder.Backups.Prune(new BackupOptions { KeepCount = 3 });

        Assert.Equal(["daily", "manual", "migration"], Reasons);
    }

    [Fact]
    public async Task Changes_of_the_settings_do_not_push_the_databases_out()
    {
        await MakeAsync("daily");
        await MakeAsync("daily");
        for (var i = 0; i < 10; i++)
        {
            KeepConfig($$$"""{"downloads": {"parallel": {{{i + 1}}} }}""");
        }

        _world.Folder.Backups.Prune(new BackupOptions { KeepCount = 4 });

        Assert.Equal(["change", "change", "daily", "daily"], Reasons);
    }

    [Fact]
    public async Task The_last_database_and_the_last_configuration_stay_at_any_age()
    {
        await MakeAsync("daily");
        await MakeAsync("daily");
        KeepConfig("{}");
        KeepConfig("""{"ui": {}}""");
        _world.Folder.Time.Advance(TimeSpan.FromDays(1_000));

        _world.Folder.Backups.Prune(new BackupOptions { KeepCount = 1, KeepDays = 1 });

        Assert.Equal(["change", "daily"], Reasons);
    }

    [Fact]
    public async Task A_backup_is_its_owners_alone_and_leaves_nothing_else_behind()
    {
        var backup = await _world.Backups.MakeAsync(cancellationToken: Token);

        var file = Assert.Single(Directory.GetFiles(_world.Data.Backups));
        Assert.Equal(backup.Name, Path.GetFileName(file));
        Assert.Equal(["config", "database"], backup.Parts);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_removed_at_the_next_start_and_never_listed()
    {
        await MakeAsync("manual");
        await File.WriteAllTextAsync(Path.Combine(_world.Data.Backups, "backup-20260101T000000000Z-manual.zip.tmp"), "half", Token);
        Directory.CreateDirectory(Path.Combine(_world.Data.Backups, "upload-1.tmp.d.tmp"));
        Directory.CreateDirectory(_world.Data.Restore);

        Assert.Single(_world.Backups.List());
        RestoreFinish.Run(_world.Data);

        Assert.Single(Directory.GetFileSystemEntries(_world.Data.Backups));
        Assert.False(Directory.Exists(_world.Data.Restore));
    }

    [Fact]
    public async Task A_torn_archive_is_listed_so_that_it_can_be_deleted()
    {
        Directory.CreateDirectory(_world.Data.Backups);
        await File.WriteAllTextAsync(Path.Combine(_world.Data.Backups, "backup-20260101T000000000Z-manual.zip"), "half", Token);

        Assert.Empty(Assert.Single(_world.Backups.List()).Parts);
        Assert.True(_world.Backups.Delete("backup-20260101T000000000Z-manual.zip"));
    }

    [Fact]
    public async Task A_broken_configuration_is_replaced_by_that_of_the_newest_archive()
    {
        _world.Folder.File = """{"downloads": {"parallel": 7}}""";
        _world.Chain.Reload();
        await MakeAsync("daily");
        _world.Folder.File = "{ half";

        var chain = _world.Folder.Open();

        Assert.Equal(7, chain.Current.Downloads.Parallel);
        Assert.Contains("daily.zip", Assert.Single(chain.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_handed_out_can_be_taken_in_again_also_a_configuration_alone()
    {
        KeepConfig("""{"downloads": {"parallel": 7}}""");
        var (content, name) = _world.Backups.Open(_world.Backups.List()[0].Name)!.Value;
        using var zip = content;

        var added = Assert.IsType<UploadResult.Added>(await _world.Backups.AddAsync(zip, Token)).Backup;

        Assert.EndsWith(".zip", name, StringComparison.Ordinal);
        Assert.Equal(["config"], added.Parts);
        Assert.Equal("""{"downloads": {"parallel": 7}}""", _world.Folder.Backups.ReadConfig(added));
    }

    private async Task MakeAsync(string reason)
    {
        _world.Folder.Time.Advance(TimeSpan.FromHours(1));
        await _world.Backups.MakeAsync(reason, Token);
    }

    private void KeepConfig(string text)
    {
        _world.Folder.Time.Advance(TimeSpan.FromHours(1));
        _world.Folder.Backups.KeepConfig(System.Text.Encoding.UTF8.GetBytes(text));
    }
}

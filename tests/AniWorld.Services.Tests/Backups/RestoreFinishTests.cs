using AniWorld.Services.Backups;

namespace AniWorld.Services.Tests.Backups;

/// <summary>What a start makes of a restore that a killed process had begun, at each point where it may have been killed.</summary>
public sealed class RestoreFinishTests : IDisposable
{
    private const string OldConfig = """{"downloads": {"parallel": 5}}""";

    private readonly BackupWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Before_the_promise_nothing_happens()
    {
        await UnpackAsync();

        RestoreFinish.Run(_world.Data);

        Assert.Equal(["then", "now"], _world.Remembered());
        Assert.NotEqual(OldConfig, _world.Folder.File);
        Assert.False(Directory.Exists(_world.Data.Restore));
    }

    [Fact]
    public async Task After_the_promise_both_parts_come_to_be()
    {
        (await UnpackAsync()).Publish();

        RestoreFinish.Run(_world.Data);

        Assert.Equal(["then"], _world.Remembered());
        Assert.Equal(OldConfig, _world.Folder.File);
        Assert.False(Directory.Exists(_world.Data.Restore));
    }

    [Fact]
    public async Task What_was_written_after_the_database_was_replaced_stays()
    {
        (await UnpackAsync()).Publish();
        RestoreFinish.Run(_world.Data);
        var unpacked = await UnpackAsync(mark: Data.Sqlite.SqliteReplacement.MarkOf(_world.Data.Database));
        unpacked.Publish();
        _world.Remember("acknowledged");

        RestoreFinish.Run(_world.Data);

        Assert.Equal(["then", "acknowledged"], _world.Remembered());
    }

    [Fact]
    public async Task It_may_be_cut_short_again_and_again()
    {
        (await UnpackAsync()).Publish();
        Directory.CreateDirectory(_world.Data.ConfigFile + ".tmp");
        Assert.ThrowsAny<Exception>(() => RestoreFinish.Run(_world.Data));
        Assert.Equal(["then", "now"], _world.Remembered());
        Directory.Delete(_world.Data.ConfigFile + ".tmp");

        RestoreFinish.Run(_world.Data);

        Assert.Equal(["then"], _world.Remembered());
        Assert.Equal(OldConfig, _world.Folder.File);
    }

    [Fact]
    public async Task A_database_that_is_damaged_by_then_is_left_for_the_repair_page()
    {
        (await UnpackAsync()).Publish();
        _world.Folder.CloseDatabase();
        var damaged = new byte[50_000];
        await File.WriteAllBytesAsync(_world.Data.Database, damaged, TestContext.Current.CancellationToken);

        RestoreFinish.Run(_world.Data);

        Assert.Equal(damaged, await File.ReadAllBytesAsync(_world.Data.Database, TestContext.Current.CancellationToken));
    }

    /// <summary>A backup of an earlier state, unpacked over a present one that has changed since.</summary>
    private async Task<UnpackedBackup> UnpackAsync(int? mark = null)
    {
        if (_world.Remembered().Count == 0)
        {
            _world.Remember("then");
            _world.Folder.File = OldConfig;
            _world.Chain.Reload();
            await _world.Backups.MakeAsync(cancellationToken: TestContext.Current.CancellationToken);
            _world.Remember("now");
            _world.Folder.File = """{"downloads": {"parallel": 6}}""";
        }

        var backup = _world.Backups.List().First(kept => kept.Reason == BackupReason.Manual);
        var unpacked = await _world.Unpacking.UnpackAsync(
            Path.Combine(_world.Data.Backups, backup.Name), parts: null, _world.Data.Restore, TestContext.Current.CancellationToken);
        if (mark is { } number)
        {
            unpacked.Publish();
            await File.WriteAllTextAsync(Path.Combine(_world.Data.Restore, "ready"), $"{number}", TestContext.Current.CancellationToken);
            return UnpackedBackup.Published(_world.Data.Restore)!;
        }

        return unpacked;
    }
}

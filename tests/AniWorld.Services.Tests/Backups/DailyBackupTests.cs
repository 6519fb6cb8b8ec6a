using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;

namespace AniWorld.Services.Tests.Backups;

public sealed class DailyBackupTests : IDisposable
{
    private readonly BackupWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task It_is_made_unless_backups_are_off(bool enabled, int made)
    {
        var options = new FixedOptions(new AniWorldOptions { Backup = new BackupOptions { Enabled = enabled } });

        var outcome = await new DailyBackup(_world.Backups, options).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(enabled, outcome is WorkOutcome.Done);
        Assert.Equal(made, _world.Backups.List().Count(backup => backup.Reason == BackupReason.Daily));
    }
}

using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

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

        using var progress = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), TimeProvider.System);
        var outcome = await new DailyBackup(_world.Backups, options, progress).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(enabled, outcome is WorkOutcome.Done);
        Assert.Equal(made, _world.Backups.List().Count(backup => backup.Reason == BackupReason.Daily));
    }

    [Fact]
    public async Task One_that_cannot_be_made_is_told()
    {
        using var progress = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), TimeProvider.System);
        using var told = progress.Subscribe();
        Directory.CreateDirectory(_world.Data.Root);
        File.WriteAllText(_world.Data.Backups, "a file where the folder should be");

        await Assert.ThrowsAnyAsync<Exception>(() => new DailyBackup(_world.Backups, new FixedOptions(new AniWorldOptions()), progress)
            .RunAsync(TestContext.Current.CancellationToken));

        progress.Dispose();
        var events = new List<SequencedEvent>();
        await foreach (var batch in told.ReadBatchesAsync(TestContext.Current.CancellationToken))
        {
            events.AddRange(batch);
        }

        Assert.Equal("backup_failed", Assert.IsType<SystemNotice>(Assert.Single(events).Event).Code);
    }
}

using System.Data.Common;
using AniWorld.Services.Downloads;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>What all nodes wait for, held by one that is frozen. It goes by the server's clock.</summary>
[Trait("Database", "postgresql")]
public sealed class QueueLockTests : IDisposable
{
    private readonly TestDatabase _database = TestDatabase.OnServer(TimeProvider.System);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Who_is_frozen_while_it_has_the_lock_loses_it_and_can_write_nothing_when_it_wakes()
    {
        var token = TestContext.Current.CancellationToken;
        await using var frozen = _database.CreateDbContext();
        await using var held = await frozen.LockAsync(QueueLock.Claiming, token);
        await using var other = _database.CreateDbContext();

        await using var taken = await other.LockAsync(QueueLock.Claiming, token);

        Assert.NotNull(taken);
        await Assert.ThrowsAnyAsync<DbException>(() => held!.CommitAsync(token));
    }
}

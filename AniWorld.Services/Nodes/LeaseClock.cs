using AniWorld.Data;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Nodes;

/// <summary>The clock that leases go by. All who share a database must go by one; where nobody does, it is the process's own.</summary>
internal class LeaseClock(TimeProvider time)
{
    public virtual Task<DateTimeOffset> NowAsync(AniWorldDbContext database, CancellationToken cancellationToken) => Task.FromResult(time.GetUtcNow());
}

/// <summary>The database server's.</summary>
internal sealed class ServerLeaseClock(TimeProvider time) : LeaseClock(time)
{
    public override Task<DateTimeOffset> NowAsync(AniWorldDbContext database, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancellationToken);
}

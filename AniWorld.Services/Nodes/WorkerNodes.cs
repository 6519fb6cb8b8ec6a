using AniWorld.Data;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Nodes;

/// <summary>The nodes that work the queue off, as the database knows them.</summary>
public sealed class WorkerNodes(IDbContextFactory<AniWorldDbContext> databases)
{
    /// <summary>Whether at least one was heard of a moment ago.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Database
            .SqlQuery<bool>($"""SELECT EXISTS (SELECT 1 FROM "Nodes" WHERE "BeatAt" > clock_timestamp() - {NodeBeat.Silence}) AS "Value" """)
            .SingleAsync(cancellationToken);
    }
}

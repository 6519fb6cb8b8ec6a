using AniWorld.Data;
using AniWorld.Data.Downloads;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Downloads;

internal static class QueueSwitches
{
    /// <summary>The queue's switch; one that was never touched is on, and stored with the context's next save.</summary>
    public static async Task<QueueSwitch> QueueSwitchAsync(this AniWorldDbContext database, CancellationToken cancellationToken) =>
        await database.QueueSwitches.SingleOrDefaultAsync(cancellationToken) ?? database.Add(new QueueSwitch()).Entity;
}

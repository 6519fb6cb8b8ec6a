using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AniWorld.Data;

/// <summary>Stamps what is saved, and turns the removal of an <see cref="ISoftDeletable"/> into a hidden row.</summary>
internal sealed class TimestampInterceptor(TimeProvider time) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Stamp(eventData.Context);
        return base.SavingChanges(eventData, result);
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Stamp(eventData.Context);
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    private void Stamp(DbContext? context)
    {
        var now = time.GetUtcNow();
        foreach (var entry in context?.ChangeTracker.Entries() ?? [])
        {
            SoftDelete(entry, now);
            if (entry.Entity is not ITimestamped row)
            {
                continue;
            }

            if (entry.State is EntityState.Added)
            {
                row.CreatedAt = row.CreatedAt == default ? now : row.CreatedAt;
                row.UpdatedAt = now;
            }
            else if (entry.State is EntityState.Modified)
            {
                row.UpdatedAt = now;
            }
        }
    }

    private static void SoftDelete(EntityEntry entry, DateTimeOffset now)
    {
        if (entry is { State: EntityState.Deleted, Entity: ISoftDeletable deleted })
        {
            entry.State = EntityState.Modified;
            deleted.DeletedAt = now;
        }
    }
}

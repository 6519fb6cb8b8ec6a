using AniWorld.Data;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Metadata;

/// <summary>Writes what lies beside a series' videos anew whenever something about the series changed.</summary>
internal sealed class MetadataUpkeep(
    SeriesMetadata metadata,
    ProgressService progress,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time,
    ILogger<MetadataUpkeep> logger) : BackgroundService
{
    private const int MostUnread = 50_000;

    /// <summary>Changes mostly come several at a time.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                using var subscription = progress.Subscribe(ProgressRooms.Library, MostUnread);
                await foreach (var batch in subscription.ReadBatchesAsync(stoppingToken))
                {
                    await TakeAsync(batch, stoppingToken);
                }

                if (!subscription.Overflowed)
                {
                    return;
                }

                await WriteAllAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TakeAsync(IReadOnlyList<SequencedEvent> batch, CancellationToken cancellationToken)
    {
        await Task.Delay(Gathering, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // What was heard of is still written down when the program ends, as after a command that downloads.
        using var ending = new CancellationTokenSource();
        using var stop = cancellationToken.Register(() => ending.CancelAfter(AtTheEnd));
        foreach (var key in batch.Where(e => !e.IsFromElsewhere).Select(e => e.Event).OfType<SeriesChanged>().Select(e => e.Key).Distinct())
        {
            await WriteAsync(key, ending.Token);
        }
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var key in await database.Series.Select(s => s.Key).ToListAsync(cancellationToken))
        {
            await WriteAsync(key, cancellationToken);
        }
    }

    private async Task WriteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await metadata.WriteAsync(key, cancellationToken);
        }
        catch (FaultException fault)
        {
            logger.LogWarning("The files beside the videos of {Key} could not be written: {Code}: {Message}", key, fault.Code, fault.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The files beside the videos of {Key} could not be written", key);
        }
    }
}

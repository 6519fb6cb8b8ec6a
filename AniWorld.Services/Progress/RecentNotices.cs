using Microsoft.Extensions.Hosting;

namespace AniWorld.Services.Progress;

/// <summary>What the server had to say lately, for whoever comes later. Kept in memory only.</summary>
public sealed class RecentNotices(ProgressService progress) : BackgroundService
{
    private const int Kept = 20;

    private readonly Lock _gate = new();
    private IReadOnlyList<TimedNotice> _list = [];

    /// <summary>Newest first; of each code only the newest.</summary>
    public IReadOnlyList<TimedNotice> List
    {
        get
        {
            lock (_gate)
            {
                return _list;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await ListenAsync(stoppingToken))
            {
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    internal void Take(TimedNotice notice)
    {
        lock (_gate)
        {
            _list = [notice, .. _list.Where(known => known.Notice.Code != notice.Notice.Code).Take(Kept - 1)];
        }
    }

    /// <returns>Whether to listen again, because too much had waited unread.</returns>
    private async Task<bool> ListenAsync(CancellationToken cancellationToken)
    {
        using var subscription = progress.Subscribe(ProgressRooms.System);
        await foreach (var batch in subscription.ReadBatchesAsync(cancellationToken))
        {
            foreach (var happened in batch)
            {
                if (happened.Event is SystemNotice notice)
                {
                    Take(new TimedNotice(notice, happened.Timestamp));
                }
            }
        }

        return subscription.Overflowed;
    }
}

/// <param name="At">In UTC.</param>
public sealed record TimedNotice(SystemNotice Notice, DateTimeOffset At);

using AniWorld.Data.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Downloads;

/// <summary>A download as its row shows it: what is stored, and how far it is right now.</summary>
public sealed class QueueLine(DownloadQueueItem item)
{
    private int _told;

    /// <summary>Told when the row must be drawn again.</summary>
    public event Action? Changed;

    /// <summary>Told when how far it is must be drawn again.</summary>
    public event Action? Moved;

    public DownloadQueueItem Item { get; private set; } = item;

    /// <summary><see langword="null"/> while it does not run.</summary>
    public DownloadProgressed? Progress { get; private set; }

    /// <summary>Grows with every change, but when it only gets further.</summary>
    public int Version { get; private set; }

    public string Name => Library.EpisodeLabel.Short(Item.Season, Item.Number);

    public double Percent => Math.Max(Progress?.Percent ?? 0, Item.Percent);

    public long DownloadedBytes => Math.Max(Progress?.DownloadedBytes ?? 0, Item.DownloadedBytes);

    public long? TotalBytes => Progress?.TotalBytes ?? Item.TotalBytes;

    public bool IsPaused => Item.PausedByUser || Progress?.Phase is DownloadPhase.Paused;

    public void Take(DownloadQueueItem item)
    {
        if (item.UpdatedAt != Item.UpdatedAt || item.Status != Item.Status)
        {
            Item = item;
            Version++;
        }
    }

    public void Take(DownloadProgressed? progress)
    {
        if (progress?.Phase != Progress?.Phase)
        {
            Version++;
        }

        Progress = progress;
    }

    public void Redraw()
    {
        if (_told != Version)
        {
            _told = Version;
            Changed?.Invoke();
        }

        Moved?.Invoke();
    }
}

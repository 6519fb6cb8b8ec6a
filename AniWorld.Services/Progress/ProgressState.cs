namespace AniWorld.Services.Progress;

/// <summary>The latest of everything that is under way. Not thread-safe; <see cref="ProgressService"/> guards it.</summary>
internal sealed class ProgressState
{
    private readonly OrderedDictionary<Guid, DownloadProgressed> _downloads = [];

    public QueueChanged? Queue { get; private set; }

    public ScanProgressed? Scan { get; private set; }

    public DownloadProgressed[] Downloads => [.. _downloads.Values];

    public DownloadProgressed? Download(Guid id) => _downloads.GetValueOrDefault(id);

    /// <summary>Takes an event in.</summary>
    /// <returns>The last progress of the download or scan that it ends, if there was any.</returns>
    public ProgressEvent? Apply(ProgressEvent happened)
    {
        switch (happened)
        {
            case DownloadProgressed progress:
                _downloads[progress.DownloadId] = progress;
                return null;
            case ScanProgressed progress:
                Scan = progress;
                return null;
            case QueueChanged queue:
                Queue = queue;
                return null;
            default:
                return EventRouting.Ends(happened) is { } ended ? End(ended) : null;
        }
    }

    public ProgressSnapshot Snapshot(long seq) => new(Downloads, Queue, Scan, seq);

    private ProgressEvent? End(Guid id)
    {
        if (Scan?.ScanId == id)
        {
            var last = Scan;
            Scan = null;
            return last;
        }

        return _downloads.Remove(id, out var download) ? download : null;
    }
}

namespace AniWorld.Services.Progress;

/// <summary>The latest of everything that is under way. Not thread-safe; <see cref="ProgressService"/> guards it.</summary>
internal sealed class ProgressState
{
    private readonly OrderedDictionary<Guid, DownloadProgressed> _downloads = [];

    /// <summary>Downloads and the scan that another node does.</summary>
    private readonly HashSet<Guid> _elsewhere = [];

    public QueueChanged? Queue { get; private set; }

    public ScanProgressed? Scan { get; private set; }

    public DownloadProgressed[] Downloads => [.. _downloads.Values];

    public DownloadProgressed? Download(Guid id) => _downloads.GetValueOrDefault(id);

    public bool IsElsewhere(Guid id) => _elsewhere.Contains(id);

    /// <summary>Whether this node does it.</summary>
    public bool IsHere(Guid id) => !IsElsewhere(id) && (_downloads.ContainsKey(id) || Scan?.ScanId == id);

    /// <summary>Takes an event in.</summary>
    /// <returns>The last progress of the download or scan that it ends, if there was any.</returns>
    public ProgressEvent? Apply(ProgressEvent happened, bool isFromElsewhere)
    {
        if (EventRouting.Replaces(happened) is { } id)
        {
            _ = isFromElsewhere ? _elsewhere.Add(id) : _elsewhere.Remove(id);
        }

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
        _elsewhere.Remove(id);
        if (Scan?.ScanId == id)
        {
            var last = Scan;
            Scan = null;
            return last;
        }

        return _downloads.Remove(id, out var download) ? download : null;
    }
}

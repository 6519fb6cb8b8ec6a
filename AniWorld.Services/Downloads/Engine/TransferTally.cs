namespace AniWorld.Services.Downloads.Engine;

/// <summary>Adds up what all connections bring and tells it on, never less than before.</summary>
internal sealed class TransferTally(IProgress<DownloadProgress>? progress)
{
    // The whole is complete when the file has its final name, not when the last byte is here.
    private const double AlmostAll = 0.999;

    private readonly Lock _lock = new();
    private long _bytes;
    private long _toldBytes;
    private double? _toldFraction;
    private long? _total;
    private double? _fraction;
    private int _track;
    private long _earlier;

    /// <summary>How many tracks the download consists of; each counts the same.</summary>
    public int Tracks { get; set; } = 1;

    /// <summary>Starts on the next track.</summary>
    public void NextTrack()
    {
        lock (_lock)
        {
            _track++;
            _earlier += _bytes;
            (_bytes, _total, _fraction) = (0, null, null);
        }
    }

    /// <summary>The track's bytes are so many now, of so many.</summary>
    public void Start(long bytes, long? total)
    {
        lock (_lock)
        {
            (_bytes, _total, _fraction) = (bytes, total, null);
            Tell(DownloadStage.Transferring);
        }
    }

    public void Add(long bytes)
    {
        lock (_lock)
        {
            _bytes += bytes;
            Tell(DownloadStage.Transferring);
        }
    }

    /// <summary>For a track whose size is not known but whose segments are.</summary>
    public void SetFraction(double fraction)
    {
        lock (_lock)
        {
            _fraction = fraction;
            Tell(DownloadStage.Transferring);
        }
    }

    public void Process()
    {
        lock (_lock)
        {
            Tell(DownloadStage.Processing);
        }
    }

    public void Finish(long size)
    {
        lock (_lock)
        {
            progress?.Report(new(DownloadStage.Processing, Math.Max(size, _toldBytes), size, 1));
        }
    }

    private void Tell(DownloadStage stage)
    {
        var within = _fraction ?? (_total is > 0 ? (double)_bytes / _total.Value : null);
        if (within is { } share)
        {
            var whole = Math.Min((Math.Max(_track - 1, 0) + share) / Tracks, AlmostAll);
            _toldFraction = Math.Max(whole, _toldFraction ?? 0);
        }

        // With the last byte the line is free for others, while this one is still being flushed.
        stage = _track >= Tracks && within >= 1 ? DownloadStage.Processing : stage;
        _toldBytes = Math.Max(_toldBytes, _earlier + _bytes);
        progress?.Report(new(stage, _toldBytes, Tracks == 1 ? _total : null, _toldFraction));
    }
}

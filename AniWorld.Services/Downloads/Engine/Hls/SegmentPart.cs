using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>The part file of an HLS download: decrypted segments one after the other, each with its checksum in the journal.</summary>
internal sealed class SegmentPart : IDisposable
{
    /// <summary>Written between two flushes, and as much more while one goes on: no more than that is ever fetched again.</summary>
    public const long FlushBytes = 32L << 20;

    private readonly PartFile _file;
    private readonly string _fingerprint;
    private readonly Lock _lock = new();
    private readonly List<long> _ends = [];
    private readonly List<string> _checksums = [];
    private Task _keeping = Task.CompletedTask;
    private long _unkept;

    /// <summary>Takes over the segments of an earlier run, up to the first that is not what the journal says.</summary>
    public SegmentPart(PartFile file, HlsMedia playlist)
    {
        (_file, _fingerprint) = (file, FingerprintOf(playlist));
        if (JournalFile.Load<SegmentJournal>(file.Paths, SegmentJournal.Hls) is { } journal && journal.Fingerprint == _fingerprint)
        {
            Verify(journal, playlist.Segments.Count);
        }

        if (_ends.Count == 0)
        {
            file.Clear();
        }

        file.Resize(Length, 0);
    }

    /// <summary>How many segments are there.</summary>
    public int Count => _ends.Count;

    public long Length => _ends.Count == 0 ? 0 : _ends[^1];

    /// <summary>The byte after each segment's last.</summary>
    public IReadOnlyList<long> Ends => _ends;

    /// <summary>Of the last segment that is there; <see langword="null"/> when none is.</summary>
    public string? LastChecksum => _checksums.LastOrDefault();

    /// <summary>Writes the next segment. Flushing goes on beside, as long as not too much is unflushed.</summary>
    public async ValueTask AppendAsync(SegmentData segment)
    {
        var end = Length;
        foreach (var bytes in segment.Parts)
        {
            _file.Write(bytes.Span, end);
            end += bytes.Length;
        }

        var checksum = segment.Checksum();
        lock (_lock)
        {
            _checksums.Add(checksum);
            _ends.Add(end);
        }

        _unkept += segment.Length;
        if (_keeping.IsCompleted || _unkept > FlushBytes)
        {
            await _keeping;
            _keeping = _file.KeepAsync(_unkept, Snapshot).AsTask();
            _unkept = 0;
        }
    }

    /// <summary>Throws away what is there.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _checksums.Clear();
            _ends.Clear();
        }

        _file.Clear();
    }

    public int Read(Span<byte> buffer, long offset) => _file.Read(buffer, offset);

    public byte[] Head(int count)
    {
        var head = new byte[(int)Math.Min(count, Length)];
        _file.Read(head, 0);
        return head;
    }

    public async Task CompleteAsync()
    {
        await _keeping;
        await _file.FlushAsync(Snapshot);
    }

    /// <summary>Keeps what there is after a failure, which a further one does not hide.</summary>
    public async Task SalvageAsync()
    {
        await _keeping.ContinueWith(keeping => _ = keeping.Exception, TaskScheduler.Default);
        await _file.SalvageAsync(Snapshot);
    }

    public void Dispose() => _file.Dispose();

    private void Verify(SegmentJournal journal, int segments)
    {
        var there = _file.Length;
        var buffer = new byte[SegmentMemory.BlockBytes];
        for (var i = 0; i < Math.Min(Math.Min(journal.Ends.Count, journal.Checksums.Count), segments); i++)
        {
            if (journal.Ends[i] > there || journal.Ends[i] < Length || ChecksumOf(Length, journal.Ends[i], buffer) != journal.Checksums[i])
            {
                return;
            }

            _checksums.Add(journal.Checksums[i]);
            _ends.Add(journal.Ends[i]);
        }
    }

    private string ChecksumOf(long start, long end, byte[] buffer)
    {
        var sum = new Checksum();
        while (start < end && _file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - start)), start) is > 0 and var count)
        {
            sum.Add(buffer.AsSpan(0, count));
            start += count;
        }

        return sum.ToString();
    }

    private SegmentJournal Snapshot()
    {
        lock (_lock)
        {
            return new() { Fingerprint = _fingerprint, Ends = [.. _ends], Checksums = [.. _checksums] };
        }
    }

    /// <summary>
    /// The same for the same stream, whatever addresses its segments have this time: hosters sign them anew for each visit. That it
    /// is the same in content, too, is seen by its last segment.
    /// </summary>
    private static string FingerprintOf(HlsMedia playlist)
    {
        var text = new StringBuilder();
        foreach (var segment in playlist.Segments)
        {
            text.Append(CultureInfo.InvariantCulture, $"{segment.Seconds} {segment.Range} {segment.Map?.Range} {segment.StartsRun}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

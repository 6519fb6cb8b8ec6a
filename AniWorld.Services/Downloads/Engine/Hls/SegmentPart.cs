using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>The part file of an HLS download: decrypted segments one after the other, each with its hash in the journal.</summary>
internal sealed class SegmentPart : IDisposable
{
    private const int HashBytes = 8;

    private readonly PartFile _file;
    private readonly string _fingerprint;
    private readonly List<long> _ends = [];
    private readonly List<string> _hashes = [];

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

    public ValueTask AppendAsync(ReadOnlySpan<byte> segment)
    {
        _file.Write(segment, Length);
        _hashes.Add(Hash(segment));
        _ends.Add(Length + segment.Length);
        return _file.KeepAsync(segment.Length, Snapshot);
    }

    public byte[] Head(int count)
    {
        var head = new byte[(int)Math.Min(count, Length)];
        _file.Read(head, 0);
        return head;
    }

    public Task CompleteAsync() => _file.FlushAsync(Snapshot);

    public Task SalvageAsync() => _file.SalvageAsync(Snapshot);

    public void Dispose() => _file.Dispose();

    private void Verify(SegmentJournal journal, int segments)
    {
        var there = _file.Length;
        for (var i = 0; i < Math.Min(Math.Min(journal.Ends.Count, journal.Hashes.Count), segments); i++)
        {
            var size = journal.Ends[i] - Length;
            if (journal.Ends[i] > there || size is < 0 or > SegmentSource.LargestSegment * 2)
            {
                return;
            }

            var bytes = new byte[size];
            _file.Read(bytes, Length);
            if (Hash(bytes) != journal.Hashes[i])
            {
                return;
            }

            _hashes.Add(journal.Hashes[i]);
            _ends.Add(journal.Ends[i]);
        }
    }

    private SegmentJournal Snapshot() => new() { Fingerprint = _fingerprint, Ends = [.. _ends], Hashes = [.. _hashes] };

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, HashBytes));

    /// <summary>The same for the same segments, whatever host and signature their addresses have this time.</summary>
    private static string FingerprintOf(HlsMedia playlist)
    {
        var text = new StringBuilder();
        foreach (var segment in playlist.Segments)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{segment.Uri.AbsolutePath} {segment.Seconds} {segment.Sequence} {segment.Range} {segment.Key?.Uri.AbsolutePath} {segment.Map?.Uri.AbsolutePath} {segment.Map?.Range} {segment.StartsRun}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>The elements of a Matroska or WebM file (RFC 9559).</summary>
internal static class MatroskaStructure
{
    private const ulong Ebml = 0x1A45DFA3;
    private const ulong Segment = 0x18538067;
    private const ulong Info = 0x1549A966;
    private const ulong TimestampScale = 0x2AD7B1;
    private const ulong DurationId = 0x4489;
    private const ulong Tracks = 0x1654AE6B;
    private const ulong TrackEntry = 0xAE;
    private const ulong TrackType = 0x83;
    private const ulong Cluster = 0x1F43B675;
    private const ulong VideoTrack = 1;
    private const ulong AudioTrack = 2;

    /// <param name="IsOpen">Its size is not told: it goes on to the end of its parent.</param>
    private readonly record struct Element(ulong Id, long Content, long End, bool IsOpen);

    /// <exception cref="StructureException">No segment, a segment past the end of the file, or no video track.</exception>
    public static StructureFacts Check(MediaFile file)
    {
        var header = ReadElement(file, 0, file.Length);
        if (header.Id != Ebml)
        {
            throw new StructureException(isCut: false, new Sentence("fault_file_no_ebml"));
        }

        var segment = Elements(file, header.End, file.Length).FirstOrDefault(element => element.Id == Segment);
        if (segment.Id != Segment)
        {
            throw new StructureException(isCut: true, new Sentence("fault_file_no_segment"));
        }

        TimeSpan? duration = null;
        var (hasVideo, hasSound, hasCluster) = (false, false, false);
        foreach (var element in Elements(file, segment.Content, segment.End))
        {
            duration ??= element.Id == Info ? Duration(file, element) : null;
            hasVideo |= element.Id == Tracks && HasTrack(file, element, VideoTrack);
            hasSound |= element.Id == Tracks && HasTrack(file, element, AudioTrack);
            hasCluster |= element.Id == Cluster;
            if (hasCluster && (hasVideo || element.IsOpen))
            {
                break;
            }
        }

        return !hasCluster ? throw new StructureException(isCut: true, new Sentence("fault_file_no_cluster"))
            : hasVideo ? new(duration, hasSound)
            : throw new StructureException(isCut: false, new Sentence("fault_file_no_video"));
    }

    private static bool HasTrack(MediaFile file, Element tracks, ulong type) =>
        Elements(file, tracks.Content, tracks.End).Where(track => track.Id == TrackEntry)
            .SelectMany(track => Elements(file, track.Content, track.End))
            .Any(element => element.Id == TrackType && Unsigned(file, element) == type);

    private static TimeSpan? Duration(MediaFile file, Element info)
    {
        var (scale, units) = (1_000_000UL, 0.0);
        foreach (var element in Elements(file, info.Content, info.End))
        {
            if (element.Id == TimestampScale)
            {
                scale = Unsigned(file, element);
            }
            else if (element.Id == DurationId)
            {
                units = element.End - element.Content == 4
                    ? BitConverter.UInt32BitsToSingle(file.U32(element.Content))
                    : BitConverter.UInt64BitsToDouble(file.U64(element.Content));
            }
        }

        var seconds = units * scale / 1e9;
        return seconds is > 0 and < 1e6 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static IEnumerable<Element> Elements(MediaFile file, long start, long end)
    {
        while (start < end)
        {
            var element = ReadElement(file, start, end);
            yield return element;
            start = element.End;
        }
    }

    private static Element ReadElement(MediaFile file, long start, long end)
    {
        var head = file.Read(start, 12);
        var idLength = head.Length > 0 ? LeadingLength(head[0]) : 9;
        if (idLength > 4)
        {
            throw new StructureException(isCut: false, new Sentence("fault_file_elements"));
        }

        var sizeLength = head.Length > idLength ? LeadingLength(head[idLength]) : 9;
        if (sizeLength > 8 || head.Length < idLength + sizeLength)
        {
            throw new StructureException(isCut: true, new Sentence("fault_file_element_cut"));
        }

        var id = Number(head.AsSpan(0, idLength));
        var all = (1UL << (7 * sizeLength)) - 1;
        var size = Number(head.AsSpan(idLength, sizeLength)) & all;
        var content = start + idLength + sizeLength;
        if (size == all)
        {
            return new(id, content, end, IsOpen: true);
        }

        return size <= (ulong)(end - content)
            ? new(id, content, content + (long)size, IsOpen: false)
            : throw new StructureException(isCut: true, new Sentence("fault_file_element_past"));
    }

    private static int LeadingLength(byte first) => System.Numerics.BitOperations.LeadingZeroCount((uint)first << 24) + 1;

    private static ulong Unsigned(MediaFile file, Element element) =>
        Number(file.Read(element.Content, (int)Math.Min(element.End - element.Content, 8)));

    private static ulong Number(ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        foreach (var one in bytes)
        {
            value = (value << 8) | one;
        }

        return value;
    }
}

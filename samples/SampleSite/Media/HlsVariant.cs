using System.Collections.Concurrent;
using System.Text;

namespace AniWorld.SampleSite.Media;

/// <summary>One picture size of the HLS clip: six segments of two seconds.</summary>
/// <param name="Name">Part of its address and of its files' names.</param>
/// <param name="Bandwidth">Bits per second at most, as the master playlist names it.</param>
internal sealed record HlsVariant(string Name, int Bandwidth, string Resolution, string Codecs)
{
    public const int SegmentCount = 6;
    public const int SegmentSeconds = 2;

    private const int PacketLength = 188;

    private readonly ConcurrentDictionary<int, byte[]> _clips = new();

    /// <summary>From the smallest to the best.</summary>
    public static IReadOnlyList<HlsVariant> All { get; } =
    [
        new("180p", 190_000, "320x180", "avc1.640015,mp4a.40.2"),
        new("360p", 320_000, "640x360", "avc1.64001f,mp4a.40.2"),
    ];

    public static HlsVariant? Find(string name) => All.FirstOrDefault(variant => variant.Name == name);

    /// <summary>A segment of the clip, with a null packet at its end that names the video: players skip it, a hash does not.</summary>
    public byte[] Segment(int index, VideoIdentity video)
    {
        var clip = _clips.GetOrAdd(index, number => Asset.Read($"Clips/pattern-{Name}-{number}.ts"));
        return [.. clip, .. NullPacket(video)];
    }

    /// <summary>A transport stream packet of PID 0x1FFF (ISO/IEC 13818-1, 2.4.3.3).</summary>
    private static byte[] NullPacket(VideoIdentity video)
    {
        byte[] header = [0x47, 0x1F, 0xFF, 0x10];
        var packet = new byte[PacketLength];
        packet.AsSpan().Fill(0xFF);
        header.CopyTo(packet, 0);
        var text = Encoding.UTF8.GetBytes(video.ToString());
        text.AsSpan(0, Math.Min(text.Length, PacketLength - header.Length)).CopyTo(packet.AsSpan(header.Length));
        return packet;
    }
}

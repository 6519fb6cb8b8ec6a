using System.Buffers.Binary;
using System.Text;

namespace AniWorld.SampleSite.Media;

/// <summary>Makes each video's MP4 out of a shipped clip: <c>free</c> boxes after it name the video and pad it.</summary>
internal sealed class Mp4Clips(SampleSiteOptions options)
{
    private const int LargeHeader = 16;

    private readonly byte[][] _clips = [Asset.Read("Clips/pattern.mp4"), Asset.Read("Clips/counter.mp4"), Asset.Read("Clips/zoom.mp4")];

    public SourceFile FileOf(VideoIdentity video)
    {
        var clip = new BytesPart(_clips[(video.Season + video.Episode) % _clips.Length]);
        var name = new BytesPart(NameBox(video));
        var missing = options.PadTo - clip.Length - name.Length - LargeHeader;
        return missing > 0
            ? new SourceFile([clip, name, new BytesPart(LargeBoxHeader(missing)), new FillerPart(missing, video.ToString())])
            : new SourceFile([clip, name]);
    }

    private static byte[] NameBox(VideoIdentity video)
    {
        var text = Encoding.UTF8.GetBytes(video.ToString());
        var box = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        "free"u8.CopyTo(box.AsSpan(4));
        text.CopyTo(box, 8);
        return box;
    }

    /// <summary>A size of 1 announces a 64-bit size after the type (ISO/IEC 14496-12, 4.2), so that filler may pass 4 GiB.</summary>
    private static byte[] LargeBoxHeader(long payload)
    {
        var header = new byte[LargeHeader];
        BinaryPrimitives.WriteInt32BigEndian(header, 1);
        "free"u8.CopyTo(header.AsSpan(4));
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(8), LargeHeader + payload);
        return header;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AniWorld.Services.Tests.Downloads.Engine.Hls;

/// <summary>Ways to put HLS streams on an <see cref="Origin"/>.</summary>
internal static class HlsServer
{
    public static void ServePlaylist(this Origin origin, string path, string lines) =>
        origin.On(path, exchange => exchange.SendAsync(200, Encoding.UTF8.GetBytes($"#EXTM3U\n{lines}\n#EXT-X-ENDLIST\n")));

    public static void ServeMaster(this Origin origin, string path, string lines) =>
        origin.On(path, exchange => exchange.SendAsync(200, $"#EXTM3U\n{lines}\n"));

    /// <summary>Segments <c>0.ts</c> and so on in a folder, with their playlist <c>list.m3u8</c>; each plays 2 s.</summary>
    public static void ServeStream(this Origin origin, string folder, IReadOnlyList<byte[]> segments)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            origin.Serve($"{folder}/{i}.ts", segments[i]);
        }

        origin.ServePlaylist($"{folder}/list.m3u8", string.Concat(Enumerable.Range(0, segments.Count).Select(i => $"#EXTINF:2.0,\n{i}.ts\n")));
    }

    public static byte[] Encrypt(byte[] bytes, byte[] key, byte[] iv)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptCbc(bytes, iv);
    }

    public static byte[] SequenceIv(long sequence)
    {
        var iv = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(iv.AsSpan(8), sequence);
        return iv;
    }
}

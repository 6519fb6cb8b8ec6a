using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AniWorld.SampleSite.Media;

/// <summary>AES-128 as RFC 8216, 5.2 has it: two keys per video, the first with the sequence number as its IV.</summary>
internal static class HlsEncryption
{
    /// <summary>Sequence number of the first segment; not 0, so that a count from 0 does not decrypt by accident.</summary>
    public const int FirstSequence = 7;

    /// <summary>Index of the first segment under the second key.</summary>
    public const int SecondKeyFrom = 3;

    /// <param name="number">1 or 2.</param>
    public static byte[] Key(int number, VideoIdentity video) => Derive($"{video} key {number}");

    public static byte[] SecondVector(VideoIdentity video) => Derive($"{video} vector");

    public static byte[] Encrypt(byte[] segment, int index, VideoIdentity video)
    {
        using var aes = Aes.Create();
        aes.Key = Key(index < SecondKeyFrom ? 1 : 2, video);
        return aes.EncryptCbc(segment, index < SecondKeyFrom ? SequenceVector(index) : SecondVector(video));
    }

    private static byte[] SequenceVector(int index)
    {
        var vector = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(vector.AsSpan(12), FirstSequence + index);
        return vector;
    }

    private static byte[] Derive(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
}

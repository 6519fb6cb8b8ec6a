using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Undoes AES-128 (RFC 8216, 4.3.2.4) block by block, in place.</summary>
internal sealed class SegmentCipher : IDisposable
{
    public const int KeyBytes = 16;

    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _iv = new byte[KeyBytes];

    /// <param name="sequence">The segment's media sequence number, from which the vector is made when the key has none.</param>
    public SegmentCipher(byte[] key, byte[]? iv, long sequence)
    {
        _aes.Key = key;
        if (iv is null)
        {
            BinaryPrimitives.WriteInt64BigEndian(_iv.AsSpan(8), sequence);
        }
        else
        {
            iv.CopyTo(_iv, 0);
        }
    }

    /// <param name="block">A multiple of 16 bytes.</param>
    /// <param name="isLast">The padding is taken off.</param>
    /// <returns>How many bytes are clear.</returns>
    /// <exception cref="CryptographicException">The key does not fit.</exception>
    public int Decrypt(Span<byte> block, bool isLast)
    {
        Span<byte> next = stackalloc byte[KeyBytes];
        block[^KeyBytes..].CopyTo(next);
        var count = _aes.DecryptCbc(block, _iv, block, isLast ? PaddingMode.PKCS7 : PaddingMode.None);
        next.CopyTo(_iv);
        return count;
    }

    public void Dispose() => _aes.Dispose();
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AniWorld.SampleSite.Media;

/// <summary>A stretch of a file that is put together on the way out.</summary>
internal abstract class FilePart(long length)
{
    public long Length => length;

    /// <param name="offset">Within the part; <paramref name="destination"/> ends within it too.</param>
    public abstract void Read(long offset, Span<byte> destination);
}

/// <summary>Bytes that are there.</summary>
internal sealed class BytesPart(byte[] bytes) : FilePart(bytes.Length)
{
    public override void Read(long offset, Span<byte> destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
}

/// <summary>Bytes that follow from their offset: no two stretches of them are alike, and any can be had without those before.</summary>
internal sealed class FillerPart(long length, string seed) : FilePart(length)
{
    private readonly ulong _seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    public override void Read(long offset, Span<byte> destination)
    {
        var index = (ulong)(offset / sizeof(ulong));
        var skipped = (int)(offset % sizeof(ulong));
        if (skipped > 0)
        {
            destination = destination[CopyWord(index++, skipped, destination)..];
        }

        var words = MemoryMarshal.Cast<byte, ulong>(destination);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Mix(_seed + index++);
        }

        CopyWord(index, 0, destination[(words.Length * sizeof(ulong))..]);
    }

    /// <summary>As much of one word, after its first bytes, as there is room for.</summary>
    private int CopyWord(ulong index, int skipped, Span<byte> destination)
    {
        Span<ulong> word = [Mix(_seed + index)];
        var count = Math.Min(sizeof(ulong) - skipped, destination.Length);
        MemoryMarshal.AsBytes(word).Slice(skipped, count).CopyTo(destination);
        return count;
    }

    /// <summary>The output function of SplitMix64: cheap, and without a visible pattern.</summary>
    private static ulong Mix(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>CRC-32C, by which bytes that a crash lost are seen. Nobody forges them, so the fastest is good enough.</summary>
internal sealed class Checksum
{
    private uint _crc = uint.MaxValue;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            _crc = BitOperations.Crc32C(_crc, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            _crc = BitOperations.Crc32C(_crc, rest);
        }
    }

    public override string ToString() => (~_crc).ToString("x8", CultureInfo.InvariantCulture);
}

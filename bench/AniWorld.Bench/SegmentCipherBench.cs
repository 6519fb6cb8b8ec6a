using System.Security.Cryptography;
using AniWorld.Services.Downloads.Engine.Hls;
using BenchmarkDotNet.Attributes;

namespace AniWorld.Bench;

/// <summary>AES-128 of a segment of 1 MiB, in blocks as they come off the line.</summary>
[InProcess, MemoryDiagnoser]
public class SegmentCipherBench
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SegmentCipher.KeyBytes);
    private readonly byte[] _buffer = new byte[(1 << 20) + SegmentCipher.KeyBytes];
    private byte[] _encrypted = [];

    [Params(64 << 10, 1 << 20)]
    public int Block { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        using var aes = Aes.Create();
        aes.Key = _key;
        _encrypted = aes.EncryptCbc(RandomNumberGenerator.GetBytes(1 << 20), new byte[SegmentCipher.KeyBytes]);
    }

    [Benchmark]
    public int Decrypt()
    {
        _encrypted.CopyTo(_buffer, 0);
        using var cipher = new SegmentCipher(_key, iv: null, sequence: 0);
        var clear = 0;
        for (var at = 0; at < _encrypted.Length; at += Block)
        {
            var block = _buffer.AsSpan(at, Math.Min(Block, _encrypted.Length - at));
            clear += cipher.Decrypt(block, isLast: at + block.Length == _encrypted.Length);
        }

        return clear;
    }
}

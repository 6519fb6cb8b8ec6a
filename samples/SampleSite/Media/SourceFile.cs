using System.Security.Cryptography;

namespace AniWorld.SampleSite.Media;

/// <summary>A video file of a hoster, byte for byte, however large.</summary>
public sealed class SourceFile
{
    private readonly IReadOnlyList<FilePart> _parts;
    private readonly Lazy<string> _sha256;

    internal SourceFile(IReadOnlyList<FilePart> parts)
    {
        _parts = parts;
        Length = parts.Sum(part => part.Length);
        _sha256 = new Lazy<string>(ComputeSha256);
    }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    /// <summary>SHA-256 of the whole file in small hexadecimal digits. Reads all of it the first time.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>A seekable stream over the file.</summary>
    public Stream OpenRead() => new SourceFileStream(_parts, Length);

    /// <summary>The whole file in memory; for small ones.</summary>
    public byte[] ReadAll() => Read(0, checked((int)Length));

    /// <summary>A stretch of it.</summary>
    public byte[] Read(long offset, int length)
    {
        using var stream = OpenRead();
        stream.Position = offset;
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private string ComputeSha256()
    {
        using var stream = OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

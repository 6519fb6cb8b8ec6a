using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>Reads numbers out of a media file by position.</summary>
internal sealed class MediaFile(SafeFileHandle handle)
{
    public long Length { get; } = RandomAccess.GetLength(handle);

    /// <returns>Fewer bytes than asked for at the end of the file.</returns>
    public byte[] Read(long offset, int count)
    {
        var bytes = new byte[count];
        var filled = 0;
        while (filled < count && RandomAccess.Read(handle, bytes.AsSpan(filled), offset + filled) is > 0 and var read)
        {
            filled += read;
        }

        return filled == count ? bytes : bytes[..filled];
    }

    public uint U32(long offset) => BinaryPrimitives.ReadUInt32BigEndian(Exactly(offset, 4));

    public ulong U64(long offset) => BinaryPrimitives.ReadUInt64BigEndian(Exactly(offset, 8));

    public uint U32Little(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Exactly(offset, 4));

    public string Ascii(long offset, int count) => System.Text.Encoding.Latin1.GetString(Exactly(offset, count));

    private byte[] Exactly(long offset, int count) =>
        Read(offset, count) is var bytes && bytes.Length == count ? bytes : throw new StructureException(isCut: true, new Sentence("fault_file_field_cut"));
}

/// <param name="Duration">As the container tells it; <see langword="null"/> when it does not.</param>
internal readonly record struct StructureFacts(TimeSpan? Duration, bool HasSound);

/// <summary>A file that is not built as its kind has to be.</summary>
/// <param name="isCut">Its end is missing; otherwise it never was one.</param>
internal sealed class StructureException(bool isCut, Sentence what) : Exception(what.ToString())
{
    public bool IsCut { get; } = isCut;

    public Sentence What { get; } = what;
}

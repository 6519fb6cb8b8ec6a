namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>The chunks of an AVI file.</summary>
internal static class AviStructure
{
    // RIFF size form, LIST size hdrl, avih size: where the main header's fields begin.
    private const int MainHeader = 32;

    /// <exception cref="StructureException">A RIFF chunk goes past the end of the file, or there is no video stream.</exception>
    public static StructureFacts Check(MediaFile file)
    {
        for (var start = 0L; start + 8 <= file.Length;)
        {
            if (file.Ascii(start, 4) != "RIFF")
            {
                // Players ignore what follows the last one.
                break;
            }

            start += 8 + file.U32Little(start + 4);
            if (start > file.Length)
            {
                throw new StructureException(isCut: true, new Sentence("fault_file_riff_past"));
            }
        }

        var head = System.Text.Encoding.Latin1.GetString(file.Read(0, 64 << 10));
        if (!head.Contains("strh", StringComparison.Ordinal) || !head.Contains("vids", StringComparison.Ordinal))
        {
            throw new StructureException(isCut: false, new Sentence("fault_file_no_video"));
        }

        return new(Duration(file), head.Contains("auds", StringComparison.Ordinal));
    }
    private static TimeSpan? Duration(MediaFile file)
    {
        if (file.Ascii(24, 4) != "avih")
        {
            return null;
        }

        var seconds = (double)file.U32Little(MainHeader) * file.U32Little(MainHeader + 16) / 1e6;
        return seconds is > 0 and < 1e6 ? TimeSpan.FromSeconds(seconds) : null;
    }
}

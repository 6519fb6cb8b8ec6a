namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>The boxes of an MP4 file (ISO/IEC 14496-12).</summary>
internal static class Mp4Structure
{
    private const int MostBoxes = 1_000_000;

    private readonly record struct Box(string Type, long Content, long End);

    /// <returns>With the duration that its movie header tells; fragmented files tell none there.</returns>
    /// <exception cref="StructureException">Boxes do not add up to the file, the index, the data or a video track is missing.</exception>
    public static StructureFacts Check(MediaFile file)
    {
        Box? movie = null;
        var (hasData, isFragmented) = (false, false);
        foreach (var box in Boxes(file, 0, file.Length))
        {
            movie ??= box.Type == "moov" ? box : null;
            hasData |= box.Type == "mdat" && box.End > box.Content;
            isFragmented |= box.Type == "moof";
        }

        if (movie is not { } moov)
        {
            throw new StructureException(isCut: hasData, new Sentence("fault_file_no_index"));
        }

        if (!hasData)
        {
            throw new StructureException(isCut: true, new Sentence("fault_file_no_data"));
        }

        var parts = Boxes(file, moov.Content, moov.End).ToList();
        var tracks = parts.Where(box => box.Type == "trak").ToList();
        var video = tracks.Where(track => IsOf(file, track, "vide")).ToList();
        if (video.Count == 0)
        {
            throw new StructureException(isCut: false, new Sentence("fault_file_no_video"));
        }

        if (!isFragmented && !video.Exists(track => HasSamples(file, track)))
        {
            throw new StructureException(isCut: false, new Sentence("fault_file_video_empty"));
        }

        return new(Duration(file, parts), tracks.Exists(track => IsOf(file, track, "soun")));
    }

    private static bool IsOf(MediaFile file, Box track, string handler) =>
        Within(file, track, "mdia", "hdlr").Any(box => file.Ascii(box.Content + 8, 4) == handler);

    /// <summary>Whether its table of samples (<c>stsz</c>, <c>stz2</c>) names any, and that of chunks (<c>stco</c>, <c>co64</c>) none past the end of the file.</summary>
    private static bool HasSamples(MediaFile file, Box track)
    {
        var (samples, chunks) = (0L, 0L);
        foreach (var box in Within(file, track, "mdia", "minf", "stbl").SelectMany(table => Boxes(file, table.Content, table.End)))
        {
            samples += box.Type is "stsz" or "stz2" ? file.U32(box.Content + 8) : 0;
            if (box.Type is "stco" or "co64" && file.U32(box.Content + 4) is > 0 and var count)
            {
                var last = box.Content + 8 + ((count - 1L) * (box.Type == "stco" ? 4 : 8));
                chunks += count;
                if ((box.Type == "stco" ? file.U32(last) : file.U64(last)) >= (ulong)file.Length)
                {
                    throw new StructureException(isCut: true, new Sentence("fault_file_index_past"));
                }
            }
        }

        return samples > 0 && chunks > 0;
    }

    /// <summary>The boxes at the end of a path of types.</summary>
    private static IEnumerable<Box> Within(MediaFile file, Box parent, params string[] path) => path.Aggregate(
        (IEnumerable<Box>)[parent], (boxes, type) => boxes.SelectMany(box => Boxes(file, box.Content, box.End)).Where(box => box.Type == type));

    private static TimeSpan? Duration(MediaFile file, List<Box> movie)
    {
        if (movie.Find(box => box.Type == "mvhd") is not { Type: not null } header)
        {
            return null;
        }

        var isLong = file.Read(header.Content, 1) is [1];
        var scale = file.U32(header.Content + (isLong ? 20 : 12));
        var units = isLong ? file.U64(header.Content + 24) : file.U32(header.Content + 16);
        return scale == 0 || units is 0 or uint.MaxValue or ulong.MaxValue || units / scale > 1_000_000
            ? null
            : TimeSpan.FromSeconds((double)units / scale);
    }

    private static IEnumerable<Box> Boxes(MediaFile file, long start, long end)
    {
        var count = 0;
        while (start < end)
        {
            if (end - start < 8)
            {
                throw new StructureException(isCut: true, new Sentence("fault_file_box_cut"));
            }

            var (size, header) = ((long)file.U32(start), 8);
            var type = file.Ascii(start + 4, 4);
            if (type.Any(character => character is < ' ' or > '~' and not '©') || ++count > MostBoxes)
            {
                throw new StructureException(isCut: false, new Sentence("fault_file_boxes"));
            }

            if (size == 1)
            {
                (size, header) = ((long)Math.Min(file.U64(start + 8), long.MaxValue / 2), 16);
            }
            else if (size == 0)
            {
                size = end - start;
            }

            if (size < header)
            {
                throw new StructureException(isCut: false, new Sentence("fault_file_box_small", type));
            }

            if (start + size > end)
            {
                throw new StructureException(isCut: true, new Sentence("fault_file_box_past", type));
            }

            yield return new Box(type, start + header, start + size);
            start += size;
        }
    }
}

using System.Text;

namespace AniWorld.Blazor.Telemetry;

/// <summary>The lines of a file from the last one on, without reading what comes before them.</summary>
internal static class LinesBackwards
{
    private const int Block = 64 << 10;

    /// <summary>A line of more bytes is cut off.</summary>
    private const int LongestLine = 1 << 20;

    /// <summary>Up to where the file consists of whole lines: the last one may be just being written.</summary>
    public static long WholeLines(FileStream file)
    {
        var buffer = new byte[Block];
        for (var end = file.Length; end > 0;)
        {
            var begin = Math.Max(0, end - Block);
            var read = Fill(file, begin, buffer.AsSpan(0, (int)(end - begin)));
            if (buffer.AsSpan(0, read).LastIndexOf((byte)'\n') is >= 0 and var last)
            {
                return begin + last + 1;
            }

            end = begin;
        }

        return 0;
    }

    /// <param name="end">Behind a line's end.</param>
    /// <param name="from">Where the first line to be read begins.</param>
    /// <returns>Each with where it begins, the last one first; without line ends, and none that is empty.</returns>
    public static IEnumerable<(long Start, string Text)> Read(FileStream file, long end, long from = 0)
    {
        var rest = Array.Empty<byte>();
        for (var position = end; position > from;)
        {
            var begin = Math.Max(from, position - Block);
            var buffer = new byte[position - begin + rest.Length];
            _ = Fill(file, begin, buffer.AsSpan(0, (int)(position - begin)));
            rest.CopyTo(buffer, position - begin);

            var lineEnd = buffer.Length;
            while (buffer.AsSpan(0, lineEnd).LastIndexOf((byte)'\n') is >= 0 and var last)
            {
                if (lineEnd > last + 1)
                {
                    yield return (begin + last + 1, Text(buffer, last + 1, lineEnd));
                }

                lineEnd = last;
            }

            rest = buffer[..Math.Min(lineEnd, LongestLine)];
            position = begin;
        }

        if (rest.Length > 0)
        {
            yield return (from, Text(rest, 0, rest.Length));
        }
    }

    private static string Text(byte[] buffer, int start, int end) => Encoding.UTF8.GetString(buffer, start, end - start).TrimEnd('\r');

    private static int Fill(FileStream file, long offset, Span<byte> buffer)
    {
        file.Position = offset;
        return file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }
}

using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace AniWorld.ScanBench;

/// <summary>The least that a scan has to do on the disk: all folders in parallel, size and time of each file, one pattern on its name.</summary>
internal static partial class BareWalk
{
    public static int Run(string root)
    {
        var (files, numbered, bytes) = (0, 0, 0L);
        Parallel.ForEach(Directory.EnumerateDirectories(root), folder =>
        {
            var entries = new FileSystemEnumerable<(string Name, long Size, DateTimeOffset At)>(
                folder, (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.Length, entry.LastWriteTimeUtc));
            foreach (var (name, size, _) in entries)
            {
                Interlocked.Increment(ref files);
                Interlocked.Add(ref bytes, size);
                if (Numbers().IsMatch(name))
                {
                    Interlocked.Increment(ref numbered);
                }
            }
        });
        return files;
    }

    [GeneratedRegex(@"S(?<season>\d{1,3})E(?<episode>\d{1,4})| - (?<episode>\d{1,4})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}

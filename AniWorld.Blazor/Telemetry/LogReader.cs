namespace AniWorld.Blazor.Telemetry;

/// <summary>Reads the log from its end backwards, and what is added to it. Bounded in bytes, so that a search never takes for ever.</summary>
public sealed class LogReader(LogFiles files)
{
    private const long MostBytes = 16L << 20;

    /// <param name="before">Where an earlier reading ended; <see langword="null"/> for the end of the log.</param>
    /// <param name="most">Lines at most.</param>
    /// <returns>The newest line first.</returns>
    public Task<LogPart> ReadBackAsync(LogFilter filter, LogPlace? before, int most, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadBack(filter, before, most, cancellationToken), cancellationToken);

    /// <summary>What has been written since, up to the last whole line.</summary>
    /// <returns>The newest line first.</returns>
    public Task<LogPart> ReadOnAsync(LogFilter filter, LogPlace after, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadOn(filter, after, cancellationToken), cancellationToken);

    private LogPart ReadBack(LogFilter filter, LogPlace? before, int most, CancellationToken cancellationToken)
    {
        var found = new List<LogLine>();
        LogPlace? newest = null, reached = null;
        var budget = MostBytes;
        foreach (var file in files.List().Where(file => before is null || string.CompareOrdinal(file.Name, before.File) <= 0))
        {
            using var content = files.Open(file.Name);
            if (content is null)
            {
                continue;
            }

            var end = file.Name == before?.File ? Math.Min(before.Offset, content.Length) : LinesBackwards.WholeLines(content);
            newest ??= new LogPlace(file.Name, end);
            foreach (var (start, text) in LinesBackwards.Read(content, end))
            {
                cancellationToken.ThrowIfCancellationRequested();
                reached = new LogPlace(file.Name, start);
                if (LogLine.Parse(text, reached) is { } line && filter.Takes(line))
                {
                    found.Add(line);
                }

                if (found.Count >= most || end - start > budget)
                {
                    return new LogPart(found, newest, reached);
                }
            }

            budget -= end;
        }

        return new LogPart(found, newest, Older: null);
    }

    private LogPart ReadOn(LogFilter filter, LogPlace after, CancellationToken cancellationToken)
    {
        var found = new List<LogLine>();
        var newest = after;
        foreach (var file in files.List().Where(file => string.CompareOrdinal(file.Name, after.File) >= 0).Reverse())
        {
            using var content = files.Open(file.Name);
            if (content is null)
            {
                continue;
            }

            var start = file.Name == after.File ? after.Offset : 0;
            var end = Math.Min(LinesBackwards.WholeLines(content), start + MostBytes);
            if (end <= start)
            {
                continue;
            }

            newest = new LogPlace(file.Name, end);
            found.AddRange(LinesBackwards.Read(content, end, start).Reverse()
                .TakeWhile(_ => !cancellationToken.IsCancellationRequested)
                .Select(line => LogLine.Parse(line.Text, new LogPlace(file.Name, line.Start)))
                .OfType<LogLine>()
                .Where(filter.Takes));
        }

        found.Reverse();
        return new LogPart(found, newest, Older: null);
    }
}

/// <summary>Some lines of the log.</summary>
/// <param name="Newest">The end of what was read, for <see cref="LogReader.ReadOnAsync"/>; <see langword="null"/> when there is no log.</param>
/// <param name="Older">Where to read on backwards; <see langword="null"/> at the log's beginning.</param>
public sealed record LogPart(IReadOnlyList<LogLine> Lines, LogPlace? Newest, LogPlace? Older);

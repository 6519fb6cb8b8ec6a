namespace AniWorld.Services.Library;

/// <summary>Where a path leads once every link in it is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <returns>An absolute path; parts that do not exist stay as they are.</returns>
    /// <exception cref="IOException">The links lead round in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        var pending = new Stack<string>();
        var real = Push(pending, Path.GetFullPath(path));
        while (pending.TryPop(out var part))
        {
            var next = Path.Join(real, part);
            if (LinkTarget(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"The links in '{path}' lead round in a circle.");
            }

            real = Push(pending, Path.GetFullPath(target, real));
        }

        return Path.TrimEndingDirectorySeparator(real);
    }

    /// <summary>Where the link at this very path points to, as written in it; <see langword="null"/> when there is no link.</summary>
    public static string? LinkTarget(string path) => new FileInfo(path).LinkTarget;

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or below it. Both as <see cref="Of"/> gives them.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, PathComparison);

    private static StringComparison PathComparison => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static string Push(Stack<string> pending, string absolute)
    {
        var root = Path.GetPathRoot(absolute)!;
        foreach (var part in absolute[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            pending.Push(part);
        }

        return root;
    }
}

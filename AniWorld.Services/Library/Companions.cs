namespace AniWorld.Services.Library;

/// <summary>What belongs to a video because it has the same name: subtitles, an NFO, a picture.</summary>
internal static class Companions
{
    private static readonly HashSet<string> Extensions = new([".srt", ".vtt", ".ass", ".nfo"], StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Pictures = ["-thumb.jpg", "-thumb.png"];

    /// <param name="path">Of the video, absolute.</param>
    /// <returns>Absolute paths, each beginning with the video's without its extension.</returns>
    public static IReadOnlyList<string> Of(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var stem = Path.GetFileNameWithoutExtension(path);
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder).Where(f => IsOf(stem, Path.GetFileName(f)))];
    }

    private static bool IsOf(string stem, string name) =>
        name.StartsWith(stem, StringComparison.Ordinal)
        && ((name.Length > stem.Length && name[stem.Length] == '.' && Extensions.Contains(Path.GetExtension(name)))
            || Pictures.Contains(name[stem.Length..], StringComparer.OrdinalIgnoreCase));
}

using System.Security.Cryptography;
using System.Text.Json;

namespace AniWorld.E2E.Processes;

/// <summary>A stretch of a file: the first byte and the one after the last.</summary>
internal readonly record struct Stretch(long Start, long End);

/// <summary>What downloads leave in a library.</summary>
internal static class LibraryFiles
{
    /// <summary>Files under a final name; AniWorld's own are hidden.</summary>
    public static IReadOnlyList<string> Videos(string library) => [.. Files(library).Where(path => Path.GetExtension(path) is ".mp4" or ".ts")];

    /// <summary>Part files, journals and the like.</summary>
    public static IReadOnlyList<string> Partials(string library) =>
        [.. Files(library).Where(path => Path.GetFileName(path).Contains(".part", StringComparison.Ordinal))];

    public static async Task<string> Sha256Async(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
    }

    /// <summary>The journals, by the name of the episode's file without its extension.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Journals(string library) => Partials(library)
        .Where(path => path.EndsWith(".part.json", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetFileName(path)[..^".part.json".Length], path => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path)));

    /// <summary>What a journal of a direct download vouches for.</summary>
    public static IReadOnlyList<Stretch> Done(JsonElement journal) =>
        [.. journal.GetProperty("done").EnumerateArray().Select(pair => new Stretch(pair[0].GetInt64(), pair[1].GetInt64()))];

    private static IEnumerable<string> Files(string library) =>
        Directory.Exists(library) ? Directory.EnumerateFiles(library, "*", SearchOption.AllDirectories) : [];
}

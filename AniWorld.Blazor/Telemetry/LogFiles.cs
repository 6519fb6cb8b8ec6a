using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Telemetry;

/// <summary>The files that the log is written to, one a day or more.</summary>
public sealed class LogFiles(DataFolder data)
{
    private const string Pattern = "aniworld-*.json";

    /// <summary>The newest first.</summary>
    public IReadOnlyList<LogFile> List() => Directory.Exists(data.Logs)
        ?
        [
            .. new DirectoryInfo(data.Logs).EnumerateFiles(Pattern)
                .OrderByDescending(file => file.Name, StringComparer.Ordinal)
                .Select(file => new LogFile(file.Name, file.Length)),
        ]
        : [];

    /// <param name="name">Of the list.</param>
    /// <returns><see langword="null"/> when there is no such file.</returns>
    public FileStream? Open(string name)
    {
        if (!List().Any(file => file.Name == name))
        {
            return null;
        }

        try
        {
            return new FileStream(Path.Join(data.Logs, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

/// <param name="Size">In bytes, as it was a moment ago.</param>
public sealed record LogFile(string Name, long Size);

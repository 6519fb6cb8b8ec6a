using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Configuration;

/// <summary><c>data/config.json</c> on disk.</summary>
internal sealed class ConfigFile(DataFolder data, TimeProvider time)
{
    public const int MaxBytes = 1 << 20;

    /// <summary>What stands there now.</summary>
    public ConfigFileContent Read()
    {
        try
        {
            var file = new FileInfo(data.ConfigFile);
            if (!file.Exists)
            {
                return new ConfigFileContent.Absent();
            }

            return file.Length > MaxBytes
                ? new ConfigFileContent.Broken($"it is larger than {MaxBytes >> 20} MiB")
                : Parse(File.ReadAllText(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ConfigFileContent.Broken($"it cannot be read: {e.Message}");
        }
    }

    public static ConfigFileContent Parse(string text)
    {
        try
        {
            var problems = ConfigCheck.Document(ConfigJson.Parse(text));
            return problems.Count == 0
                ? new ConfigFileContent.Document(text)
                : new ConfigFileContent.Broken(string.Join(" · ", problems));
        }
        catch (JsonException e)
        {
            return new ConfigFileContent.Broken($"it is not JSON in the right form (line {(e.LineNumber ?? 0) + 1})");
        }
    }

    /// <summary>The text that was written.</summary>
    public string Write(JsonObject document)
    {
        Directory.CreateDirectory(data.Root);
        var text = ConfigJson.Text(document);
        AtomicFile.Write(data.ConfigFile, Encoding.UTF8.GetBytes(text));
        return text;
    }

    /// <summary>Copies the file beside itself, so that the next change cannot destroy it; once for one content.</summary>
    /// <returns>The copy's name; null when there is no file.</returns>
    /// <exception cref="IOException">It cannot be copied; nothing may be written over it.</exception>
    public string? KeepAside()
    {
        if (!File.Exists(data.ConfigFile))
        {
            return null;
        }

        var content = File.ReadAllBytes(data.ConfigFile);
        var earlier = Directory.EnumerateFiles(data.Root, "config.json.broken-*")
            .FirstOrDefault(copy => new FileInfo(copy).Length == content.Length && File.ReadAllBytes(copy).AsSpan().SequenceEqual(content));
        if (earlier is not null)
        {
            return Path.GetFileName(earlier);
        }

        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var copy = $"{data.ConfigFile}.broken-{stamp}";
        AtomicFile.Write(copy, content);
        return Path.GetFileName(copy);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Configuration;

/// <summary><c>data/config.json</c> on disk.</summary>
internal sealed class ConfigFile(DataFolder data, TimeProvider time) : IConfigStore
{
    public const int MaxBytes = 1 << 20;

    public string Name => "config.json";

    public bool IsShared => false;

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

    public ConfigFileContent.Document Write(JsonObject document, long version)
    {
        Directory.CreateDirectory(data.Root);
        var text = ConfigJson.Text(document);
        AtomicFile.Write(data.ConfigFile, Encoding.UTF8.GetBytes(text));
        return new ConfigFileContent.Document(text);
    }

    public string? KeepAside() => File.Exists(data.ConfigFile) ? KeepAside(data, File.ReadAllBytes(data.ConfigFile), time) : null;

    /// <summary>The same for a content that comes from elsewhere.</summary>
    public static string KeepAside(DataFolder data, byte[] content, TimeProvider time)
    {
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

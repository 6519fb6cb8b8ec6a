using AniWorld.Blazor.Telemetry;
using AniWorld.Services.Configuration;
using Serilog.Events;

namespace AniWorld.Blazor.Tests.Telemetry;

/// <summary>A folder of log files, removed after the test.</summary>
internal sealed class LogWorld : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-logs-").FullName;

    public LogWorld()
    {
        Files = new LogFiles(new DataFolder(Path.Join(_folder, "data"), Path.Join(_folder, "logs")));
        Reader = new LogReader(Files);
    }

    public LogFiles Files { get; }

    public LogReader Reader { get; }

    public static LogFilter Everything { get; } = new(LogEventLevel.Verbose, null);

    public static string Line(string message, string? level = null, string? exception = null) =>
        System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["@t"] = "2026-11-22T12:00:00.1234567Z",
            ["@mt"] = message,
            ["@l"] = level,
            ["@x"] = exception,
            ["SourceContext"] = "AniWorld.Test.Writer",
        }.Where(member => member.Value is not null).ToDictionary()) + "\n";

    public void Write(string file, params string[] lines) =>
        File.AppendAllText(Path.Join(Directory.CreateDirectory(Path.Join(_folder, "logs")).FullName, file), string.Concat(lines));

    public void Delete(string file) => File.Delete(Path.Join(_folder, "logs", file));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

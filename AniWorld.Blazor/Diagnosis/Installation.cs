using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Diagnosis;

/// <summary>What runs here, since when, and where it keeps its things.</summary>
public sealed class Installation(DataFolder data, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    private readonly DateTimeOffset _started = new(Process.GetCurrentProcess().StartTime.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>Without what a build adds to it.</summary>
    public static string Program => (typeof(Installation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "")
        .Split('+')[0];

    public static string Runtime => Environment.Version.ToString();

    public static string Sqlite => SqliteDatabase.NativeVersion.ToString();

    public static string Machine => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}";

    public TimeSpan Uptime => time.GetUtcNow() - _started;

    /// <summary>By name, such as <c>library</c>, with the disk that each is on.</summary>
    public IReadOnlyList<(string Name, string Path, DiskSpace? Disk)> Places =>
    [
        Place("library", Path.GetFullPath(options.CurrentValue.AnimeDirectory)),
        Place("data", data.Root),
        Place("config", data.ConfigFile),
        Place("logs", data.Logs),
    ];

    private static (string, string, DiskSpace?) Place(string name, string path) => (name, path, DiskSpace.Of(path));
}

using AniWorld.Services.Configuration;

namespace AniWorld.Blazor;

/// <summary>Where to keep data and logs: <c>--data DIR</c> or <c>ANIWORLD_DATA</c>, <c>--logs DIR</c> or <c>ANIWORLD_LOGS</c>, else below the working folder.</summary>
internal static class DataFolderArguments
{
    public static DataFolder Read(IConfiguration commandLineAndEnvironment) => new(
        Path.GetFullPath(Given(commandLineAndEnvironment["data"]) ?? Given(commandLineAndEnvironment["ANIWORLD_DATA"]) ?? "data"),
        Path.GetFullPath(Given(commandLineAndEnvironment["logs"]) ?? Given(commandLineAndEnvironment["ANIWORLD_LOGS"]) ?? "logs"));

    /// <summary>The same for commands, which know their options already.</summary>
    public static DataFolder Of(string? data, string? logs) => new(
        Path.GetFullPath(Given(data) ?? Given(Environment.GetEnvironmentVariable("ANIWORLD_DATA")) ?? "data"),
        Path.GetFullPath(Given(logs) ?? Given(Environment.GetEnvironmentVariable("ANIWORLD_LOGS")) ?? "logs"));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

using AniWorld.Services.Configuration;

namespace AniWorld.Blazor;

/// <summary>Where to keep data and logs: <c>--data DIR</c> or <c>ANIWORLD_DATA</c>, <c>--logs DIR</c>, else below the working folder.</summary>
internal static class DataFolderArguments
{
    public static DataFolder Read(IConfiguration commandLineAndEnvironment) => new(
        Path.GetFullPath(Given(commandLineAndEnvironment["data"]) ?? Given(commandLineAndEnvironment["ANIWORLD_DATA"]) ?? "data"),
        Path.GetFullPath(Given(commandLineAndEnvironment["logs"]) ?? "logs"));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

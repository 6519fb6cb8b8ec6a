using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.CommandLine;

/// <summary>The arguments of a host that a command builds.</summary>
internal static class HostArguments
{
    public static string[] Of(DataFolder data, SettingArguments settings) => ["--data", data.Root, "--logs", data.Logs, .. settings.Settings];
}

using System.Diagnostics;

namespace AniWorld.E2E.Processes;

/// <summary>A command of the system that is over at once, such as <c>mount</c>.</summary>
internal static class ShortCommand
{
    /// <returns>Whether it did what it was to do.</returns>
    public static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

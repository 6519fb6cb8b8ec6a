using System.Runtime.InteropServices;

namespace AniWorld.E2E;

/// <summary>What .NET has no name for.</summary>
internal static partial class SystemCalls
{
    /// <summary>Sends a signal to a process.</summary>
    /// <returns>0, or -1 when there is no such process.</returns>
    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int process, int signal);
}

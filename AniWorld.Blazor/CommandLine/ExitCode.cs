namespace AniWorld.Blazor.CommandLine;

/// <summary>How a command ended, for whoever called it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>What was named does not exist, or a search found nothing.</summary>
    public const int NotFound = 3;

    /// <summary>By Ctrl+C or a signal that asks to end; another call goes on where this one was.</summary>
    public const int Interrupted = 130;
}

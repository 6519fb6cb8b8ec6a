namespace AniWorld.Blazor;

/// <summary>The program cannot start, and its message says to the person at the console what to do.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);

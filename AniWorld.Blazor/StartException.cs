namespace AniWorld.Blazor;

/// <summary>The program cannot start, and its message says to the person at the console what to do.</summary>
internal class StartException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database is damaged, or none: the repair page can put a backup in its place.</summary>
internal sealed class DamagedStartException(string message, Exception? inner = null) : StartException(message, inner);

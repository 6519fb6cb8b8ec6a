namespace AniWorld.Services.Backups;

/// <summary>What was given as a backup is none that can be used; the message says why, as a sentence for whoever gave it.</summary>
public sealed class InvalidBackupException(string message, Exception? inner = null) : Exception(message, inner);

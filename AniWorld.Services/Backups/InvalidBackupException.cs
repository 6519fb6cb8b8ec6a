namespace AniWorld.Services.Backups;

/// <summary>What was given as a backup is none that can be used; the message says why, as a sentence for whoever gave it.</summary>
public sealed class InvalidBackupException(Sentence sentence, Exception? inner = null) : Exception(sentence.ToString(), inner);

namespace AniWorld.Data;

/// <summary>Why a database cannot be used as it is; it was not touched.</summary>
public class UnusableDatabaseException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The file is no database, or one whose pages do not fit together: a backup has to take its place.</summary>
public sealed class DamagedDatabaseException(string message) : UnusableDatabaseException(message);

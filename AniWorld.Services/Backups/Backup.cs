namespace AniWorld.Services.Backups;

/// <summary>A kept earlier state.</summary>
/// <param name="Name">Its file name in <c>data/backups</c>.</param>
/// <param name="Reason">One of <see cref="BackupReason"/>.</param>
/// <param name="Parts">What it holds, of <see cref="BackupPart"/>; empty when it cannot be read.</param>
public sealed record Backup(string Name, long SizeBytes, DateTimeOffset CreatedAt, string Reason, IReadOnlyList<string> Parts)
{
    public bool Has(string part) => Parts.Contains(part);
}

/// <summary>What a backup may hold, and a restore may take of it.</summary>
public static class BackupPart
{
    public const string Config = "config";
    public const string Database = "database";

    public static IReadOnlyList<string> All { get; } = [Config, Database];
}

/// <summary>Why a backup was made.</summary>
public static class BackupReason
{
    /// <summary>Before a change of the configuration; holds that alone.</summary>
    public const string Change = "change";

    /// <summary>Somebody asked for it.</summary>
    public const string Manual = "manual";

    public const string Daily = "daily";

    /// <summary>Before a new version changed the database.</summary>
    public const string Migration = "migration";

    /// <summary>Before another backup took the place of what was.</summary>
    public const string Restore = "restore";

    /// <summary>It was made elsewhere and taken in.</summary>
    public const string Upload = "upload";
}

namespace AniWorld.Services.Configuration;

/// <summary>A kept earlier state.</summary>
/// <param name="Name">Its file name in <c>data/backups</c>.</param>
/// <param name="Reason"><c>change</c> or <c>restore</c>: before which it was made.</param>
/// <param name="Parts">What it holds: <c>config</c>.</param>
public sealed record ConfigBackup(string Name, long SizeBytes, DateTimeOffset CreatedAt, string Reason, IReadOnlyList<string> Parts);

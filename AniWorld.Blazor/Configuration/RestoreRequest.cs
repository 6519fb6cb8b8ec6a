namespace AniWorld.Blazor.Configuration;

/// <param name="Parts">What to restore, <c>config</c> or <c>database</c> or both; the configuration when absent.</param>
internal sealed record RestoreRequest(IReadOnlyList<string>? Parts = null);

/// <param name="Parts">What was restored.</param>
/// <param name="SafetyBackup">Name of the backup that has what was before; null when nothing had to be kept.</param>
internal sealed record RestoreAnswer(IReadOnlyList<string> Parts, string? SafetyBackup);

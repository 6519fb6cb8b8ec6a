namespace AniWorld.Blazor.Configuration;

/// <param name="Parts">What to restore; the configuration when absent.</param>
internal sealed record RestoreRequest(IReadOnlyList<string>? Parts = null);

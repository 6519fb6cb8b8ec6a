namespace AniWorld.Services.Configuration;

/// <summary>What a change would do, without doing it.</summary>
public sealed record ConfigValidation(bool Valid, IReadOnlyList<ConfigProblem> Errors, IReadOnlyList<string> Warnings);

using System.Diagnostics.CodeAnalysis;

namespace AniWorld.Services.Configuration;

/// <summary>What the configuration would be with another <c>config.json</c>.</summary>
/// <param name="Options">Null when there are problems.</param>
internal sealed record ConfigCandidate(AniWorldOptions? Options, IReadOnlyList<ConfigProblem> Problems)
{
    [MemberNotNullWhen(true, nameof(Options))]
    public bool IsValid => Options is not null;
}

using System.Text.Json.Nodes;

namespace AniWorld.Services.Configuration;

/// <summary>What became of a change.</summary>
public abstract record ConfigChange
{
    /// <param name="Configuration">The whole, secrets masked.</param>
    /// <param name="Paths">What is different now; empty when nothing is.</param>
    public sealed record Applied(JsonObject Configuration, IReadOnlyList<string> Paths) : ConfigChange;

    /// <summary>Nothing changed.</summary>
    public sealed record Invalid(IReadOnlyList<ConfigProblem> Problems) : ConfigChange;
}

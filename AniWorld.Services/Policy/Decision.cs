using AniWorld.Data.Library;

namespace AniWorld.Services.Policy;

/// <summary>What is to become of an episode, and why. The sentence is made where somebody reads it.</summary>
/// <param name="Code">One of <see cref="DecisionCode"/>.</param>
/// <param name="Arguments">What the sentence for the code names, such as <c>language</c>; dates are ISO 8601.</param>
public sealed record Decision(string Code, params IReadOnlyList<(string Name, string? Value)> Arguments)
{
    /// <summary>When that changes by itself; <see langword="null"/> when no time can be told.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The language to fetch it in now; <see langword="null"/> when it is not to be fetched.</summary>
    public Language? Fetch { get; init; }

    /// <summary>Records compare lists by reference; decisions are equal when they say the same.</summary>
    public bool Equals(Decision? other) => other is not null && Code == other.Code && Until == other.Until && Fetch == other.Fetch
        && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Code, Until, Fetch);
}

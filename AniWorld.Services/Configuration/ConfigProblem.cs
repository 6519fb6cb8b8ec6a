namespace AniWorld.Services.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">Dotted, as in <c>languages.profiles.0.cutoff</c>; empty for the whole.</param>
/// <param name="Message">What to do; never holds the value, which may be a secret.</param>
public sealed record ConfigProblem(string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}

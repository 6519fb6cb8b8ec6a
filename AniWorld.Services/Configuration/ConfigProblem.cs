using System.Text.Json.Serialization;

namespace AniWorld.Services.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">Dotted, as in <c>languages.profiles.0.cutoff</c>; empty for the whole.</param>
/// <param name="Message">What to do, in English; never holds the value, which may be a secret.</param>
[method: JsonConstructor]
public sealed record ConfigProblem(string Path, string Message)
{
    public ConfigProblem(string path, Sentence what)
        : this(path, what.ToString()) => What = what;

    /// <summary>The message for readers of any language; <see langword="null"/> where no page can meet it.</summary>
    [JsonIgnore]
    public Sentence? What { get; }

    /// <summary>For readers of any language as far as may be.</summary>
    internal Sentence Said => What ?? Sentence.Plain(Message);

    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}

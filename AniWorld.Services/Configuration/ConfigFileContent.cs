namespace AniWorld.Services.Configuration;

/// <summary>What was found in place of <c>config.json</c>.</summary>
internal abstract record ConfigFileContent
{
    /// <summary>Of a configuration that several nodes share, one more with each change; 0 for a file, and while there is none.</summary>
    public long Version { get; init; }

    public sealed record Absent : ConfigFileContent;

    /// <param name="Text">JSON of the right shape; whether its values are in range is not yet known.</param>
    public sealed record Document(string Text) : ConfigFileContent;

    /// <param name="Reason">The rest of a sentence that begins with the file's name.</param>
    public sealed record Broken(string Reason) : ConfigFileContent;
}

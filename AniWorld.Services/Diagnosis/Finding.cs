namespace AniWorld.Services.Diagnosis;

/// <summary>What was found about one thing that AniWorld needs.</summary>
/// <param name="Subject">What was looked at, such as <c>database</c>.</param>
/// <param name="Sentence">For people: how it is, and where it is not well, what to do.</param>
public sealed record Finding(string Subject, FindingLevel Level, string Sentence)
{
    internal static Finding Ok(string subject, string sentence) => new(subject, FindingLevel.Ok, sentence);

    internal static Finding Warning(string subject, string sentence) => new(subject, FindingLevel.Warning, sentence);

    internal static Finding Error(string subject, string sentence) => new(subject, FindingLevel.Error, sentence);
}

public enum FindingLevel
{
    Ok,

    /// <summary>AniWorld works, but not with all it could, or not for long.</summary>
    Warning,

    /// <summary>Something does not work until it is mended.</summary>
    Error,
}

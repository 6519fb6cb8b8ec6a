namespace AniWorld.Blazor.Downloads;

/// <summary>A failure as the queue stores it, <c>code: sentence</c>, taken apart.</summary>
internal readonly record struct DownloadError(string Code, string Sentence)
{
    public static DownloadError Of(string error) =>
        error.Split(": ", 2) is [var code, var sentence] && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? new(code, sentence)
            : new("internal", error);
}

using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Import;

/// <summary>What the import page says, from <c>ImportTexts.resx</c>, in the reader's language.</summary>
internal static class ImportTexts
{
    private static readonly Texts All = new(typeof(ImportTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);

    /// <summary>How far a candidate can be trusted, in a word.</summary>
    public static string Trust(FolderCandidate candidate) => Of(candidate switch
    {
        { IsSure: true } => "Sure",
        { Score: >= 0.75 } => "Likely",
        _ => "Unsure",
    });
}

using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.History;

/// <summary>What the history says, from <c>HistoryTexts.resx</c>.</summary>
internal static class HistoryTexts
{
    private static readonly Texts All = new(typeof(HistoryTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    /// <summary>A kind in a few words; one that is not known here by its own name.</summary>
    public static string Kind(string kind) => All.Find($"Kind_{kind}") ?? kind;

    /// <summary>All kinds of a topic (<c>download</c>) in a few words; <see langword="null"/> for a topic of one kind.</summary>
    public static string? Topic(string topic) => All.Find($"Topic_{topic}");

    /// <summary>The sentence that tells of an event, with names in braces; <see langword="null"/> for a kind that is not known here.</summary>
    public static string? Told(string kind) => All.Find($"Told_{kind}");
}

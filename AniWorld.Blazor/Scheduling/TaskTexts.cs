using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Scheduling;

/// <summary>What pages say about tasks, from <c>TaskTexts.resx</c>.</summary>
internal static class TaskTexts
{
    private static readonly Texts All = new(typeof(TaskTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    /// <summary>A job without a name of its own here goes by the one that it has in the settings.</summary>
    public static string NameOf(string job) => All.Find($"Job_{job}") ?? job;

    public static string AboutOf(string job) => All.Find($"About_{job}") ?? "";

    public static string Outcome(string outcome) => All.Find($"Outcome_{outcome}") ?? outcome;
}

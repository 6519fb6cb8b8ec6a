using AniWorld.Blazor.Layout;
using AniWorld.Data.Downloads;

namespace AniWorld.Blazor.Downloads;

/// <summary>What the page of the queue says, from <c>QueueTexts.resx</c>, in the reader's language.</summary>
internal static class QueueTexts
{
    private static readonly Texts All = new(typeof(QueueTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);

    public static string Priority(DownloadPriority priority) => Of($"Priority_{priority}");
}

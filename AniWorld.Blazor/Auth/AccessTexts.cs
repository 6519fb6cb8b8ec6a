using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Auth;

/// <summary>What the page of sessions and keys says, from <c>AccessTexts.resx</c>, in the reader's language.</summary>
internal static class AccessTexts
{
    private static readonly Texts All = new(typeof(AccessTexts));

    public static string Text(string name) => All.Of(name);

    public static string Text(string name, params object?[] values) => All.Of(name, values);

    /// <summary><c>just now</c>, <c>5 minutes ago</c>, <c>3 days ago</c>.</summary>
    public static string Ago(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? Text("just_now") : Text("ago", Span(time));

    /// <summary>In its largest unit, cut off; at least a minute.</summary>
    public static string Span(TimeSpan time) => time switch
    {
        { TotalMinutes: <= 1 } => Text("minute"),
        { TotalHours: < 1 } => Text("minutes", (int)time.TotalMinutes),
        { TotalHours: < 2 } => Text("hour"),
        { TotalDays: < 1 } => Text("hours", (int)time.TotalHours),
        { TotalDays: < 2 } => Text("day"),
        _ => Text("days", (int)time.TotalDays),
    };
}

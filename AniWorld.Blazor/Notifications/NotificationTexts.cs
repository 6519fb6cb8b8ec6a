using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Notifications;

/// <summary>What pages say about notifications, from <c>NotificationTexts.resx</c>.</summary>
internal static class NotificationTexts
{
    private static readonly Texts All = new(typeof(NotificationTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    /// <summary>A text that a type of receiver may have of its own, such as <c>Url_ntfy</c>.</summary>
    public static string For(string name, string type) => All.Find($"{name}_{type}") ?? All.Of(name);

    /// <summary>As <see cref="For"/>; <see langword="null"/> where nothing is to be said.</summary>
    public static string? FindFor(string name, string type) => All.Find($"{name}_{type}");
}

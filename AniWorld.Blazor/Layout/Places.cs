using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>A page that can be gone to from anywhere.</summary>
/// <param name="Address">Relative to the server's root.</param>
/// <param name="Key">After <c>g</c>, on the keyboard.</param>
/// <param name="IsInBar">Whether it has a place in a phone's bar; the others are behind <see cref="Places.More"/>.</param>
public sealed record Place(string Address, string Text, string Icon, char Key, bool IsInBar = false)
{
    public string Name => ShellTexts.Of(Text);

    /// <summary>What is there, in a few words; <see langword="null"/> where the name says it.</summary>
    public string? About => NavigationTexts.Find(Text);
}

/// <summary>The pages of the navigation, in its order.</summary>
internal static class Places
{
    /// <summary>What people come for.</summary>
    public static IReadOnlyList<Place> Library { get; } =
    [
        new("", "Dashboard", Icons.Material.Outlined.Dashboard, 'd', IsInBar: true),
        new("library", "Library", Icons.Material.Outlined.VideoLibrary, 'l', IsInBar: true),
        new("missing", "Missing", Icons.Material.Outlined.Rule, 'm', IsInBar: true),
        new("calendar", "Calendar", Icons.Material.Outlined.CalendarMonth, 'c'),
        new("queue", "Queue", Icons.Material.Outlined.Download, 'q', IsInBar: true),
        new("add", "Add", Icons.Material.Outlined.AddBox, 'a'),
        new("import", "Import", Icons.Material.Outlined.DriveFolderUpload, 'i'),
    ];

    /// <summary>What keeps it going.</summary>
    public static IReadOnlyList<Place> Server { get; } =
    [
        new("history", "History", Icons.Material.Outlined.History, 'h'),
        new("statistics", "Statistics", Icons.Material.Outlined.QueryStats, 'u'),
        new("tasks", "Tasks", Icons.Material.Outlined.Schedule, 't'),
        new("sources", "Sources", Icons.Material.Outlined.TravelExplore, 'o'),
        new("access", "Access", Icons.Material.Outlined.VpnKey, 'k'),
        new("logs", "Logs", Icons.Material.Outlined.Article, 'p'),
        new("system", "System", Icons.Material.Outlined.MonitorHeart, 'y'),
        new("settings", "Settings", Icons.Material.Outlined.Settings, 's'),
    ];

    public static IReadOnlyList<Place> All { get; } = [.. Library, .. Server];

    /// <summary>A phone's way to all that its bar has no place for.</summary>
    public static Place More { get; } = new("more", "More", Icons.Material.Outlined.MoreHoriz, '\0', IsInBar: true);
}

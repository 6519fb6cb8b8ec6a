using AniWorld.Blazor.Configuration;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Welcome;

/// <summary>A set of naming templates to choose from.</summary>
/// <param name="Name">Of its texts.</param>
internal sealed record NamingPreset(string Name, string Episode, string Special)
{
    private const string Title = "{name} - S{season:00}E{episode:00} - {title} [{language}]";
    private const string Special00 = "{name} - S00E{episode:00} - {title} [{language}]";

    private static readonly NamingOptions Default = new();

    public static IReadOnlyList<NamingPreset> All { get; } =
    [
        new("seasons", Default.Episode, Default.Special),
        new("short", "Season {season:00}/{name} - S{season:00}E{episode:00} [{language}]", "Specials/{name} - S00E{episode:00} [{language}]"),
        new("german", $"Staffel {{season:00}}/{Title}", $"Specials/{Special00}"),
        new("flat", Title, Special00),
    ];

    /// <returns><see langword="null"/> when the draft has templates of its own.</returns>
    public static NamingPreset? Of(SettingsDraft draft) => All.FirstOrDefault(preset =>
        draft.Get<string>("naming.folder") == Default.Folder && draft.Get<string>("naming.episode") == preset.Episode && draft.Get<string>("naming.special") == preset.Special);

    public void Apply(SettingsDraft draft)
    {
        draft.Set("naming.folder", Default.Folder);
        draft.Set("naming.episode", Episode);
        draft.Set("naming.special", Special);
    }
}

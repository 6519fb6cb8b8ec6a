using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using MudBlazor;

namespace AniWorld.Blazor.Configuration;

/// <summary>The configuration.</summary>
public sealed partial class SettingsPage(ConfigService configuration, UserActions actions, IDialogService dialogs)
    : DraftPage(configuration, actions, dialogs)
{
    private static readonly (string Value, string Name)[] Themes = [("system", "As the system"), ("light", "Light"), ("dark", "Dark")];

    protected override DraftTexts Texts { get; } =
        new("Saved.", "Leave without saving?", "Your changes to the settings would be lost.", "Leave", "Stay");

    private static (string Value, string Name)[] TitleLanguages => [("de", NamingTexts.Of("German")), ("en", NamingTexts.Of("English"))];
}

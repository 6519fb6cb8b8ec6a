using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Configuration;

/// <summary>The configuration.</summary>
public sealed partial class SettingsPage(ConfigService configuration, UserActions actions, IDialogService dialogs, NavigationManager navigation)
    : DraftPage(configuration, actions, dialogs)
{
    private string? _search;

    protected override DraftTexts Texts { get; } = new(
        SettingsTexts.Of("Saved"), SettingsTexts.Of("LeaveTitle"), SettingsTexts.Of("LeaveText"), SettingsTexts.Of("Leave"), SettingsTexts.Of("Stay"));

    private static (string Value, string Name)[] Themes => [.. ReaderLook.Themes.Select(choice => (choice, ShellTexts.Of($"Theme_{choice}")))];

    private static (string Value, string Name)[] Languages =>
        [("", SettingsTexts.Of("LanguageBrowser")), .. ReaderLanguage.Choices.Select(code => (code, ReaderLanguage.NameOf(code)))];

    private static (string Value, string Name)[] TitleLanguages => [("de", NamingTexts.Of("German")), ("en", NamingTexts.Of("English"))];

    private string Search => _search?.Trim() ?? "";

    /// <summary>A page keeps its language for as long as it is open.</summary>
    protected override void OnSaved(IReadOnlyList<string> paths)
    {
        if (paths.Contains("ui.language"))
        {
            navigation.Refresh(forceReload: true);
        }
    }
}

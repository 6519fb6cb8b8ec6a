using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace AniWorld.Blazor.Configuration;

/// <summary>The configuration, checked while it is edited, taken over as a whole or not at all.</summary>
public sealed partial class SettingsPage(ConfigService configuration, UserActions actions, IDialogService dialogs) : ComponentBase, IDisposable
{
    private static readonly (string Value, string Name)[] Themes = [("system", "As the system"), ("light", "Light"), ("dark", "Dark")];

    private readonly CancellationTokenSource _leaving = new();
    private SettingsDraft? _draft;
    private string? _failure;
    private bool _isSaving;

    private static (string Value, string Name)[] TitleLanguages => [("de", NamingTexts.Of("German")), ("en", NamingTexts.Of("English"))];

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            Begin(new SettingsDraft(await configuration.GetAsync(_leaving.Token)));
            _failure = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failure = FailureSentence.Of(e);
        }
    }

    private void Begin(SettingsDraft draft)
    {
        _draft = draft;
        draft.Edited += () => _ = InvokeAsync(CheckAsync);
    }

    /// <summary>Says what is wrong while the user is still at it.</summary>
    private async Task CheckAsync()
    {
        var draft = _draft!;
        StateHasChanged();
        var valid = await configuration.ValidateAsync(draft.ToPatch(), _leaving.Token);
        draft.Show(valid.Errors);
        StateHasChanged();
    }

    private async Task SaveAsync()
    {
        _isSaving = true;
        await actions.TryAsync(async () =>
        {
            switch (await configuration.PutAsync(_draft!.ToPatch()))
            {
                case ConfigChange.Applied applied:
                    Begin(new SettingsDraft(applied.Configuration));
                    actions.Say("Saved.", Severity.Success);
                    break;
                case ConfigChange.Invalid invalid:
                    _draft.Show(invalid.Problems);
                    break;
            }
        });
        _isSaving = false;
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext navigation)
    {
        if (_draft?.IsDirty is true
            && await dialogs.ShowMessageBoxAsync("Leave without saving?", "Your changes to the settings would be lost.", "Leave", cancelText: "Stay") is not true)
        {
            navigation.PreventNavigation();
        }
    }
}

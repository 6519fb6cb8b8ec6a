using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace AniWorld.Blazor.Configuration;

/// <summary>A page of settings: checked while they are edited, taken over as a whole or not at all, not left unsaved by mistake.</summary>
public abstract class DraftPage(ConfigService configuration, UserActions actions, IDialogService dialogs) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    protected ConfigService Configuration { get; } = configuration;

    protected UserActions Actions { get; } = actions;

    /// <summary><see langword="null"/> until the configuration was read.</summary>
    protected SettingsDraft? Draft { get; private set; }

    /// <summary>A sentence when the configuration could not be read.</summary>
    protected string? Failure { get; private set; }

    protected bool IsBusy { get; private set; }

    /// <summary>Cancelled when the page goes.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    protected abstract DraftTexts Texts { get; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected async Task LoadAsync()
    {
        try
        {
            Begin(new SettingsDraft(await Configuration.GetAsync(_leaving.Token)));
            Failure = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failure = FailureSentence.Of(e);
        }
    }

    /// <summary>Edits from here on change this draft.</summary>
    protected virtual void Begin(SettingsDraft draft)
    {
        Draft = draft;
        draft.Edited += () => _ = InvokeAsync(CheckAsync);
    }

    /// <param name="paths">Dotted, of all that is different now.</param>
    protected virtual void OnSaved(IReadOnlyList<string> paths)
    {
    }

    protected Task SaveAsync() => DoAsync(async () =>
    {
        switch (await Configuration.PutAsync(Draft!.ToPatch()))
        {
            case ConfigChange.Applied applied:
                Begin(new SettingsDraft(applied.Configuration));
                Actions.Say(Texts.Saved, Severity.Success);
                OnSaved(applied.Paths);
                break;
            case ConfigChange.Invalid invalid:
                Draft.Show(invalid.Problems);
                break;
        }
    });

    protected async Task DoAsync(Func<Task> action)
    {
        IsBusy = true;
        await Actions.TryAsync(action);
        IsBusy = false;
    }

    protected async Task AskBeforeLeavingAsync(LocationChangingContext navigation)
    {
        if (Draft?.IsDirty is true
            && await dialogs.ShowMessageBoxAsync(Texts.LeaveTitle, Texts.LeaveText, Texts.Leave, cancelText: Texts.Stay) is not true)
        {
            navigation.PreventNavigation();
        }
    }

    /// <summary>Says what is wrong while the user is still at it.</summary>
    private async Task CheckAsync()
    {
        var draft = Draft!;
        StateHasChanged();
        draft.Show((await Configuration.ValidateAsync(draft.ToPatch(), _leaving.Token)).Errors);
        StateHasChanged();
    }
}

/// <param name="Saved">Said when all of it was taken over.</param>
/// <param name="LeaveTitle">Asks whether to leave without saving; <paramref name="LeaveText"/> says what that costs.</param>
public sealed record DraftTexts(string Saved, string LeaveTitle, string LeaveText, string Leave, string Stay);

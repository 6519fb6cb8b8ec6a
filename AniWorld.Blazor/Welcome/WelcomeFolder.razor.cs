using AniWorld.Blazor.Configuration;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Welcome;

/// <summary>Asks for the library's folder and tries whether it can be written to.</summary>
public sealed partial class WelcomeFolder(LibraryTrial trial, ConfigService configuration) : ComponentBase, IDisposable
{
    private LibraryTrialResult? _result;
    private bool _trying;

    [CascadingParameter]
    public required SettingsDraft Draft { get; set; }

    private string Folder => Draft.Get<string>("anime_directory") ?? "";

    public void Dispose() => Draft.Edited -= Forget;

    /// <returns>Whether the folder will do.</returns>
    public async Task<bool> TryAsync()
    {
        _trying = true;
        StateHasChanged();
        _result = await trial.RunAsync(Folder);
        _trying = false;
        StateHasChanged();
        return _result.Problem is null;
    }

    protected override async Task OnInitializedAsync()
    {
        Draft.Edited += Forget;

        // Where there is a library already, nothing is written unasked: its disk may not be mounted now.
        if (!configuration.IsChosen("anime_directory"))
        {
            await TryAsync();
        }
    }

    private void Forget()
    {
        _result = null;
        StateHasChanged();
    }
}

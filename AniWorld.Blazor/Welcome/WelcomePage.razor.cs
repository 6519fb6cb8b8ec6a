using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Welcome;

/// <summary>
/// The set-up after the password, a step at a time. Each is saved by itself, so that it can be left and come back to; without a step in the
/// address it goes on with the first that is open.
/// </summary>
public sealed partial class WelcomePage(ConfigService configuration, ProviderRegistry providers, UserActions actions, NavigationManager navigation) : ComponentBase
{
    private SettingsDraft? _draft;
    private WelcomeFolder? _folder;
    private string? _failure;
    private bool _busy;

    /// <summary>Of <see cref="WelcomeStep.All"/>, or <see cref="WelcomeStep.Done"/>.</summary>
    [Parameter]
    public string? Step { get; set; }

    /// <summary><see langword="null"/> at the end.</summary>
    private WelcomeStep? Current => WelcomeStep.All.FirstOrDefault(step => step.Name == Step);

    private int Place => Current is { } current ? WelcomeStep.All.Index().First(step => step.Item == current).Index : WelcomeStep.All.Count;

    private string Shown => Current?.Name ?? WelcomeStep.Done;

    private IReadOnlyList<WelcomeStep> OpenSteps => [.. WelcomeStep.All.Where(step => !IsDone(step))];

    private string AfterThis => $"welcome/{(Place + 1 < WelcomeStep.All.Count ? WelcomeStep.All[Place + 1].Name : WelcomeStep.Done)}";

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (Step == WelcomeStep.Done)
        {
            await RememberDoneAsync();
        }
        else if (Current is null)
        {
            navigation.NavigateTo($"welcome/{(OpenSteps is [var first, ..] ? first.Name : WelcomeStep.Done)}", replace: true);
        }
    }

    private bool IsDone(WelcomeStep step) => step.IsDone(configuration, providers);

    private async Task LoadAsync()
    {
        try
        {
            (_draft, _failure) = (new SettingsDraft(await configuration.GetAsync()), null);
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }
    }

    /// <summary>Writes down what this step asks for, also what was so before: then it was chosen.</summary>
    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        if (Current != WelcomeStep.Folder || _folder is null || await _folder.TryAsync())
        {
            await actions.TryAsync(PutAsync);
        }

        _busy = false;
    }

    private async Task PutAsync()
    {
        switch (await configuration.PutAsync(Patch()))
        {
            case ConfigChange.Applied applied:
                _draft = new SettingsDraft(applied.Configuration);
                navigation.NavigateTo(AfterThis);
                break;
            case ConfigChange.Invalid(var problems):
                _draft!.Show(problems);
                break;
        }
    }

    private async Task LeaveAsync()
    {
        await RememberDoneAsync();
        navigation.NavigateTo("");
    }

    /// <summary>From now on no page leads here any more.</summary>
    private async Task RememberDoneAsync()
    {
        const string Done = "ui.welcome_done";
        if (!configuration.Current.Ui.WelcomeDone && configuration.LockedBy(Done) is null)
        {
            await actions.TryAsync(() => configuration.PutAsync(JsonSerializer.SerializeToElement(new { ui = new { welcome_done = true } })));
        }
    }

    private JsonElement Patch()
    {
        var patch = new JsonObject();
        foreach (var path in Current!.Paths(providers).Where(path => configuration.LockedBy(path) is null))
        {
            var names = path.Split('.');
            var group = names[..^1].Aggregate(patch, (inner, name) => (JsonObject)(inner[name] ??= new JsonObject()));
            group[names[^1]] = _draft!.Get<JsonNode>(path)?.DeepClone() ?? (names[^1] == "enabled" ? JsonValue.Create(false) : null);
        }

        return JsonSerializer.SerializeToElement(patch);
    }
}

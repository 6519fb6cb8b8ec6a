using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>A member of the configuration that can be edited: its value, what is wrong with it, and who locks it.</summary>
public abstract class SettingField<T>(ConfigService configuration) : ComponentBase, ISearchedSetting, IDisposable
{
    private SettingsDraft? _heard;

    /// <summary><see langword="null"/> where settings are not searched.</summary>
    [CascadingParameter]
    public SettingsSection? Section { get; set; }

    [CascadingParameter]
    public required SettingsDraft Draft { get; set; }

    /// <summary>Dotted, such as <c>downloads.parallel</c>.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>A sentence on what it does.</summary>
    [Parameter]
    public string? Help { get; set; }

    /// <inheritdoc cref="SettingsSection.Search"/>
    [CascadingParameter(Name = nameof(SettingsSection.Search))]
    public string Search { get; set; } = "";

    /// <summary>Whether it is among what is searched for.</summary>
    protected bool IsShown => Section?.IsAbout(Search) is not false || IsCalled(Search);

    protected T? Value => Draft.Get<T>(Path);

    protected string? Problem => Draft.ProblemOf(Path);

    protected bool IsLocked => configuration.LockedBy(Path) is not null;

    /// <summary>The help, or who sets the value in our place.</summary>
    protected string? Hint => configuration.LockedBy(Path) is { } source ? SettingsTexts.Of("Locked", source) : Help;

    public bool IsCalled(string search) =>
        new[] { Label, Help, Path }.Any(text => text?.Contains(search, StringComparison.CurrentCultureIgnoreCase) is true);

    public void Dispose()
    {
        Section?.Remove(this);
        Forget();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => Section?.Add(this);

    protected override void OnParametersSet()
    {
        if (_heard != Draft)
        {
            Forget();
            _heard = Draft;
            _heard.Changed += StateHasChanged;
        }
    }

    private void Forget()
    {
        if (_heard is not null)
        {
            _heard.Changed -= StateHasChanged;
        }
    }

    protected void Set(T? value) => Draft.Set(Path, value);
}

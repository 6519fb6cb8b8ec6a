using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>A member of the configuration that can be edited: its value, what is wrong with it, and who locks it.</summary>
public abstract class SettingField<T>(ConfigService configuration) : ComponentBase, IDisposable
{
    private SettingsDraft? _heard;

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

    protected T? Value => Draft.Get<T>(Path);

    protected string? Problem => Draft.ProblemOf(Path);

    protected bool IsLocked => configuration.LockedBy(Path) is not null;

    /// <summary>The help, or who sets the value in our place.</summary>
    protected string? Hint => configuration.LockedBy(Path) is { } source ? $"Set by the {source}; change it there." : Help;

    public void Dispose()
    {
        Forget();
        GC.SuppressFinalize(this);
    }

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

using AniWorld.Blazor.Configuration;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Welcome;

/// <summary>Asks how files are to be named, and shows what that looks like.</summary>
public sealed partial class WelcomeNames(ConfigService configuration) : ComponentBase, IDisposable
{
    private static readonly string[] Paths = ["naming.folder", "naming.episode", "naming.special"];

    private Dictionary<string, string?> _before = [];
    private string? _lock;
    private bool _own;

    [CascadingParameter]
    public required SettingsDraft Draft { get; set; }

    private NamingPreset? Chosen => NamingPreset.Of(Draft);

    public void Dispose() => Draft.Changed -= StateHasChanged;

    protected override void OnInitialized()
    {
        Draft.Changed += StateHasChanged;
        _own = Chosen is null;
        _before = Paths.ToDictionary(path => path, Draft.Get<string>);
        _lock = configuration.LockedBy("naming");
    }

    private void KeepOwn()
    {
        foreach (var (path, value) in _before)
        {
            Draft.Set(path, value);
        }
    }
}

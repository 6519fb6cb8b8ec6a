using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Welcome;

/// <summary>Asks which languages are wanted: the usual profile. Others, that single series follow, stay as they are.</summary>
public sealed partial class WelcomeLanguages(ConfigService configuration) : ComponentBase, IDisposable
{
    private const string Path = "languages.profiles";

    private LanguageWishes? _own;
    private string? _lock;

    [CascadingParameter]
    public required SettingsDraft Draft { get; set; }

    private List<LanguageWishes> Profiles => Draft.Get<List<LanguageWishes>>(Path) is { Count: > 0 } profiles ? profiles : [LanguageWishes.Default];

    private LanguageWishes Usual => Profiles.Find(profile => profile.Name == Draft.Get<string>("languages.default_profile")) ?? Profiles[0];

    public void Dispose() => Draft.Changed -= StateHasChanged;

    protected override void OnInitialized()
    {
        Draft.Changed += StateHasChanged;
        _lock = configuration.LockedBy("languages");
        _own = LanguagePreset.All.Any(IsChosen) ? null : Usual;

        // Saved as it is shown, also when the configuration names no profile at all.
        Put(Usual);
    }

    private static string Names(IEnumerable<string> order) =>
        string.Join(" → ", order.Select(code => Language.TryParse(code, out var language) ? LanguageName.Long(language) : code));

    private bool IsChosen(LanguagePreset preset) => Usual.Order.SequenceEqual(preset.Order) && Usual.Cutoff == preset.Order[0];

    private void Choose(LanguagePreset preset) => Put(Usual with { Order = [.. preset.Order], Cutoff = preset.Order[0] });

    private void Put(LanguageWishes wishes) => Draft.Set(Path, Profiles.Select(profile => profile.Name == Usual.Name ? wishes : profile).ToList());
}

using System.Text.Json.Serialization;
using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary>The language profiles: what is wanted, best first, and what a better one is worth. One of them is followed by series that name no other.</summary>
public sealed partial class LanguageSettings(ConfigService configuration) : SettingField<List<LanguageWishes>>(configuration)
{
    private const string DefaultPath = "languages.default_profile";
    private static readonly string[] Known = ["de-dub", "de-sub", "en-dub", "en-sub", "ja"];

    private List<LanguageWishes> Profiles => Value is { Count: > 0 } profiles ? profiles : [LanguageWishes.Default];

    private string DefaultName => Draft.Get<string>(DefaultPath) ?? LanguageProfile.Default.Name;

    private string LabelOf(LanguageWishes wishes) => Profiles.Count > 1 ? SettingsTexts.Of("WantedOf", wishes.Name) : Label;

    private static string NameOf(string? code) => Language.TryParse(code, out var language) ? LanguageName.Long(language) : code ?? "";

    private static string NameOfChoice(string? choice) => choice == LanguageProfile.KeepBoth ? SettingsTexts.Of("KeepBoth") : SettingsTexts.Of("Replace");

    private string? ProblemAt(int place, string member) => Draft.ProblemOf($"{Path}.{place}.{member}");

    private void Change(int place, LanguageWishes wishes) => Set([.. Profiles.Select((one, i) => i == place ? wishes : one)]);

    /// <summary>The general profile stays the general one under its new name.</summary>
    private void Rename(int place, string name)
    {
        var wasDefault = Profiles[place].Name == DefaultName;
        Change(place, Profiles[place] with { Name = name });
        if (wasDefault)
        {
            Draft.Set(DefaultPath, name);
        }
    }

    private void Reorder(int place, IReadOnlyList<string> order)
    {
        var wishes = Profiles[place];
        Change(place, wishes with { Order = [.. order], Cutoff = order.Contains(wishes.Cutoff) ? wishes.Cutoff : order[0] });
    }

    private void Add()
    {
        var names = Profiles.Select(profile => profile.Name).ToHashSet();
        var name = Enumerable.Range(1, names.Count + 1).Select(i => SettingsTexts.Of("ProfileNew", i + 1)).First(free => !names.Contains(free));
        Set([.. Profiles, LanguageWishes.Default with { Name = name }]);
    }

    private void Remove(int place) => Set([.. Profiles.Where((_, i) => i != place)]);
}

/// <summary>One entry of <c>languages.profiles</c>, in the contract's shape.</summary>
public sealed record LanguageWishes
{
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("order")]
    public List<string> Order { get; init; } = [];

    [JsonPropertyName("cutoff")]
    public string Cutoff { get; init; } = "";

    [JsonPropertyName("on_better")]
    public string OnBetter { get; init; } = LanguageProfile.Replace;

    [JsonPropertyName("grace_days")]
    public int GraceDays { get; init; }

    public static LanguageWishes Default => new()
    {
        Name = LanguageProfile.Default.Name,
        Order = [.. LanguageProfile.Default.Order],
        Cutoff = LanguageProfile.Default.Cutoff,
    };
}

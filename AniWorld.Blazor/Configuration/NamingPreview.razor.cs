using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>What files would be called, as the draft says: made anew with every letter.</summary>
public sealed partial class NamingPreview : ComponentBase, IDisposable
{
    private static readonly Dictionary<string, string> EpisodeTitles = new() { ["de"] = "Nacht über dem Hafen", ["en"] = "Night over the Harbour" };
    private static readonly Dictionary<string, string> FilmTitles = new() { ["de"] = "Der lange Heimweg", ["en"] = "The Long Way Home" };

    [CascadingParameter]
    public required SettingsDraft Draft { get; set; }

    /// <summary>An episode and a film of an invented series, from the library's root on; none while a template cannot be used.</summary>
    private IReadOnlyList<string> Names { get; set; } = [];

    public void Dispose() => Draft.Changed -= Show;

    protected override void OnInitialized()
    {
        Draft.Changed += Show;
        Read();
    }

    private void Show()
    {
        Read();
        StateHasChanged();
    }

    private void Read()
    {
        try
        {
            var naming = new EpisodeNaming(Options);
            var folder = naming.FolderName("Sternenlotse: Kurs Nord", 2021, "sternenlotse");
            Names = [$"{folder}/{naming.EpisodePath(Label(2, 7, EpisodeTitles))}.mp4", $"{folder}/{naming.EpisodePath(Label(0, 1, FilmTitles))}.mp4"];
        }
        catch (ArgumentException)
        {
            // Half typed; the field itself says what is wrong.
            Names = [];
        }
    }

    private EpisodeLabel Label(int season, int number, Dictionary<string, string> titles) => new(
        "Sternenlotse: Kurs Nord", "sternenlotse", 2021, season, number, titles.GetValueOrDefault(Options.TitleLanguage), Language.DeDub);

    private NamingOptions Options => new()
    {
        Folder = Draft.Get<string>("naming.folder") ?? "",
        Episode = Draft.Get<string>("naming.episode") ?? "",
        Special = Draft.Get<string>("naming.special") ?? "",
        TitleLanguage = Draft.Get<string>("naming.title_language") ?? "",
    };
}

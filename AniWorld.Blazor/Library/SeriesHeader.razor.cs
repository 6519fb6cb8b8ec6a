using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Library;

/// <summary>What a series is, and what can be done with the whole of it.</summary>
public sealed partial class SeriesHeader(IOptionsMonitor<AniWorldOptions> options) : ComponentBase
{
    /// <summary>Characters from which a text is shortened at first.</summary>
    private const int LongText = 320;

    private bool _isWhole;

    [Parameter, EditorRequired]
    public required SeriesDetail Detail { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>What files of unknown language can be said to be in.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Language> Choices { get; set; }

    /// <summary>What all of its files of unknown language are in.</summary>
    [Parameter]
    public EventCallback<Language> OnAssign { get; set; }

    [Parameter]
    public EventCallback OnDownloadMissing { get; set; }

    [Parameter]
    public EventCallback<bool> OnMonitor { get; set; }

    /// <summary>The name of a language profile; <see langword="null"/> for the general one.</summary>
    [Parameter]
    public EventCallback<string?> OnProfile { get; set; }

    /// <summary>Hours between two looks at the catalogue; <see langword="null"/> for what was learnt.</summary>
    [Parameter]
    public EventCallback<int?> OnRefreshHours { get; set; }

    [Parameter]
    public EventCallback OnRename { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    /// <summary>A wide picture, else the cover out of focus.</summary>
    private string? Art => Detail.BackdropId ?? (Summary.HasCover ? Summary.Key : null);

    private int Unknown => UnknownLanguage.Count(Detail.Episodes);

    private SeriesSummary Summary => Detail.Summary;

    private IReadOnlyList<LanguageProfile> Profiles => options.CurrentValue.Languages.Profiles;

    private Task ChooseProfileAsync(string name) => OnProfile.InvokeAsync(name.Length == 0 ? null : name);

    private string NameOf(string? name) => name is { Length: > 0 } ? name : LibraryTexts.Of("GeneralProfileOf", options.CurrentValue.Languages.DefaultProfile);

    /// <summary>The source's page; never another kind of address, whatever is stored.</summary>
    private string? Source =>
        Uri.TryCreate(Summary.Link, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps)
        ? Summary.Link
        : null;
}

using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>Settings that belong together, with a sentence on what they are about.</summary>
public sealed partial class SettingsSection : ComponentBase
{
    private readonly List<ISearchedSetting> _settings = [];

    /// <summary>What settings are searched for; empty for all.</summary>
    [CascadingParameter(Name = nameof(Search))]
    public string Search { get; set; } = "";

    /// <summary>For links to it: <c>settings#sources</c>.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    private bool IsShown => IsAbout(Search) || _settings.Any(setting => setting.IsCalled(Search));

    /// <summary>Whether all that is in it is meant.</summary>
    internal bool IsAbout(string search) => $"{Title} {Text}".Contains(search, StringComparison.CurrentCultureIgnoreCase);

    internal void Add(ISearchedSetting setting) => _settings.Add(setting);

    internal void Remove(ISearchedSetting setting) => _settings.Remove(setting);
}

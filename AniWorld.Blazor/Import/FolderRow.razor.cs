using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Import;

/// <summary>A folder that belongs to nobody, with the series that it may be.</summary>
public sealed partial class FolderRow : ComponentBase
{
    private string? _text;
    private bool _searching;
    private bool _busy;

    [Parameter, EditorRequired]
    public required UnknownFolder Folder { get; set; }

    /// <summary><see langword="null"/> before the catalogue was asked.</summary>
    [Parameter]
    public FolderMatch? Match { get; set; }

    /// <summary>The candidate that counts.</summary>
    [Parameter]
    public FolderCandidate? Chosen { get; set; }

    [Parameter]
    public bool IsSelected { get; set; }

    /// <summary>Something goes on in the background.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>A catalogue is on.</summary>
    [Parameter]
    public bool CanSearch { get; set; }

    [Parameter]
    public EventCallback OnSelect { get; set; }

    [Parameter]
    public EventCallback<FolderCandidate> OnChoose { get; set; }

    [Parameter]
    public EventCallback OnFind { get; set; }

    [Parameter]
    public EventCallback<string> OnSearch { get; set; }

    [Parameter]
    public EventCallback OnAssign { get; set; }

    [Parameter]
    public EventCallback OnIgnore { get; set; }

    private bool IsSearchOpen => CanSearch && Match is not null && (_searching || Chosen is null);

    protected override void OnInitialized() => _text = Folder.Name;

    private static string Title(FolderCandidate? candidate) => candidate?.Series.Hit is not { } hit ? "" : hit.Year is { } year ? $"{hit.Name} ({year})" : hit.Name;

    private static string Percent(FolderCandidate candidate) => Amount.Percent(candidate.Score * 100);

    private async Task SubmitAsync()
    {
        if (string.IsNullOrWhiteSpace(_text) || _busy)
        {
            return;
        }

        _busy = true;
        await OnSearch.InvokeAsync(_text.Trim());
        (_busy, _searching) = (false, false);
    }
}

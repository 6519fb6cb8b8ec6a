using AniWorld.Data.Library;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Library;

/// <summary>
/// A season as a grid: a cell for each episode in each language. Cells are selected by pointer, finger or keyboard; <c>library.js</c> deals
/// with these and tells what came of it. Of a long season, a hundred episodes are drawn at once.
/// </summary>
public sealed partial class CoverageGrid(IJSRuntime js) : ComponentBase, IDisposable
{
    private const int PageLength = 100;

    /// <summary>Episodes beside one another; as many as fit on a phone.</summary>
    private const int BlockLength = 10;

    private ElementReference _frame;
    private DotNetObjectReference<CoverageGrid>? _self;
    private int _page = -1;

    [Parameter, EditorRequired]
    public required SeasonLines Season { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Language> Languages { get; set; }

    [Parameter]
    public EventCallback<CoverageGesture> OnMark { get; set; }

    private int Pages => (Season.Episodes.Count + PageLength - 1) / PageLength;

    private IReadOnlyList<EpisodeLine> Shown => [.. Season.Episodes.Skip(_page * PageLength).Take(PageLength)];

    /// <summary>Called by <c>library.js</c>.</summary>
    /// <param name="mark">A <see cref="CoverageMark"/> by name.</param>
    /// <param name="from">Two corners of a rectangle: place of the episode among those that are drawn, and of the language.</param>
    /// <param name="to">As <paramref name="from"/>.</param>
    [JSInvokable]
    public Task MarkAsync(string mark, int[] from, int[] to) => OnMark.InvokeAsync(new CoverageGesture(
        Enum.Parse<CoverageMark>(mark, ignoreCase: true), [.. Between(from[0], to[0], Shown).SelectMany(line => Between(from[1], to[1], Languages).Select(language => new CoverageCell(line, language)))]));

    public void Dispose() => _self?.Dispose();

    protected override void OnParametersSet()
    {
        if (_page < 0)
        {
            var first = Season.Episodes.ToList().FindIndex(line => line.Episode.IsMissing);
            _page = Math.Max(0, first) / PageLength;
        }

        _page = Math.Clamp(_page, 0, Math.Max(0, Pages - 1));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await js.InvokeVoidAsync("aniworldLibrary.coverage", _frame, _self);
        }
    }

    private static IEnumerable<T> Between<T>(int one, int other, IReadOnlyList<T> all) =>
        all.Skip(Math.Min(one, other)).Take(Math.Abs(one - other) + 1);

    private void Turn(int page) => _page = page;

    private string RangeOf(int start, int length)
    {
        var last = Season.Episodes[Math.Min(start + length, Season.Episodes.Count) - 1].Episode.Number;
        return Season.Episodes[start].Episode.Number is var first && first == last ? $"{first}" : $"{first}–{last}";
    }

    /// <summary>A language's episodes, as far as they are drawn.</summary>
    private Task MarkLanguageAsync(int language) =>
        OnMark.InvokeAsync(new CoverageGesture(CoverageMark.Flip, [.. Shown.Select(line => new CoverageCell(line, Languages[language]))]));

    private Task MarkEpisodeAsync(EpisodeLine line) =>
        OnMark.InvokeAsync(new CoverageGesture(CoverageMark.Flip, [.. Languages.Select(language => new CoverageCell(line, language))]));
}

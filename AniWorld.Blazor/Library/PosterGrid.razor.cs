using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Library;

/// <summary>Posters in as many columns as fit; only the rows in sight are drawn and held.</summary>
public sealed partial class PosterGrid(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private ElementReference _frame;
    private Virtualize<PosterRow>? _rows;
    private SeriesWindow? _read;
    private DotNetObjectReference<PosterGrid>? _self;
    private int _columns;
    private float _rowHeight = 300;

    /// <summary>The list; another one after each search and change.</summary>
    [Parameter, EditorRequired]
    public required SeriesWindow Window { get; set; }

    [Parameter]
    public bool IsSelecting { get; set; }

    /// <summary>By the series' key.</summary>
    [Parameter]
    public Func<string, bool> IsSelected { get; set; } = _ => false;

    [Parameter]
    public EventCallback<SeriesPick> OnPick { get; set; }

    /// <summary>Called by <c>page.js</c> at once and whenever the page's width changes.</summary>
    /// <param name="rowHeight">In CSS pixels.</param>
    [JSInvokable]
    public async Task FitAsync(int columns, float rowHeight)
    {
        if (columns != _columns)
        {
            (_columns, _rowHeight) = (columns, rowHeight);
            StateHasChanged();
            await RefreshAsync();
        }
    }

    /// <summary>The rows in sight are read again from another list; they are drawn right after.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Window)
        {
            _read = Window;
            await (_rows?.RefreshDataAsync() ?? Task.CompletedTask);
        }
    }

    /// <summary>Reads the rows in sight again.</summary>
    private async Task RefreshAsync()
    {
        if (_rows is not null)
        {
            await _rows.RefreshDataAsync();
            StateHasChanged();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        try
        {
            await js.InvokeVoidAsync("aniworldPage.unwatchColumns", _frame);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and what it watched with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await js.InvokeVoidAsync("aniworldPage.watchColumns", _frame, _self);
        }
    }

    private async ValueTask<ItemsProviderResult<PosterRow>> ReadAsync(ItemsProviderRequest request)
    {
        var columns = _columns;
        var start = request.StartIndex * columns;
        var series = await Window.ReadAsync(start, Math.Max(1, request.Count) * columns, request.CancellationToken);
        var rows = series.Chunk(columns).Select((chunk, i) => new PosterRow(start + (i * columns), chunk)).ToList();
        return new ItemsProviderResult<PosterRow>(rows, (Window.Total + columns - 1) / columns);
    }

    /// <param name="Start">Place of the row's first series in the list.</param>
    private sealed record PosterRow(int Start, IReadOnlyList<SeriesSummary> Series);
}

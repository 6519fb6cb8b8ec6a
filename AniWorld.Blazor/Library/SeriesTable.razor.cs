using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace AniWorld.Blazor.Library;

/// <summary>Series in rows, of which only those in sight are drawn and held; on a phone each row is a card.</summary>
public sealed partial class SeriesTable : ComponentBase
{
    /// <summary>In CSS pixels, as the style sheet has it.</summary>
    private const float RowHeight = 57;

    private static readonly Column[] Columns =
    [
        new("ColumnName", SeriesSort.Name, "series-table-name"),
        new("ColumnYear", SeriesSort.Year, "series-table-year"),
        new("ColumnHave", SeriesSort.Progress, "series-table-have"),
        new("ColumnMissing", SeriesSort.Missing, "series-table-missing"),
        new("ColumnProfile", null, "series-table-profile"),
        new("ColumnChanged", SeriesSort.Updated, "series-table-changed"),
    ];

    private Virtualize<TableLine>? _rows;
    private SeriesWindow? _read;

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

    /// <summary>The column that was clicked.</summary>
    [Parameter]
    public EventCallback<SeriesSort> OnSort { get; set; }

    [Parameter, EditorRequired]
    public required SeriesQuery View { get; set; }

    private bool IsDescending => View.Descending;

    /// <summary>The rows in sight are read again from another list; they are drawn right after.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Window)
        {
            _read = Window;
            await (_rows?.RefreshDataAsync() ?? Task.CompletedTask);
        }
    }

    private string? SortOf(SeriesSort? sort) => sort != View.Sort ? null : IsDescending ? "descending" : "ascending";

    private async ValueTask<ItemsProviderResult<TableLine>> ReadAsync(ItemsProviderRequest request)
    {
        var series = await Window.ReadAsync(request.StartIndex, Math.Max(1, request.Count), request.CancellationToken);
        return new ItemsProviderResult<TableLine>(series.Select((one, i) => new TableLine(one, request.StartIndex + i)), Window.Total);
    }

    /// <param name="Name">Of its text.</param>
    private sealed record Column(string Name, SeriesSort? Sort, string Class);

    /// <param name="Index">Place in the list, from 0.</param>
    private sealed record TableLine(SeriesSummary Series, int Index);
}

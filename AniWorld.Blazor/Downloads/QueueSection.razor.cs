using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Downloads;

/// <summary>Downloads in one state, under a heading; nothing when there are none. The waiting ones can be dragged into another order.</summary>
public sealed partial class QueueSection(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private ElementReference _list;
    private IJSObjectReference? _dragging;
    private DotNetObjectReference<QueueSection>? _self;
    private bool _isWatched;

    /// <summary>Of its title's text, such as <c>Waiting</c>.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required QueueBoard Board { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<QueueLine> Lines { get; set; }

    /// <summary>Ids of downloads in any section.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlySet<Guid> Selected { get; set; }

    /// <summary>How many there are, when more than are listed.</summary>
    [Parameter]
    public int Total { get; set; }

    /// <summary>Whether the order means something.</summary>
    [Parameter]
    public bool CanMove { get; set; }

    [Parameter]
    public EventCallback<(QueueLine Line, QueueMove To)> OnMove { get; set; }

    /// <summary>Dropped at a place among those of its priority, from 0.</summary>
    [Parameter]
    public EventCallback<(QueueLine Line, int Place)> OnDrop { get; set; }

    /// <summary>With Shift, a range is meant.</summary>
    [Parameter]
    public EventCallback<(QueueLine Line, bool Shift)> OnSelect { get; set; }

    [Parameter]
    public EventCallback<(IReadOnlyList<QueueLine> Lines, bool Selected)> OnSelectAll { get; set; }

    [Parameter]
    public EventCallback<QueueLine> OnRemove { get; set; }

    /// <summary>Buttons for all of them.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Title => QueueTexts.Of(Name);

    private bool AllSelected => Lines.All(line => Selected.Contains(line.Item.Id));

    /// <summary>Called by <c>reorder.js</c> when a row was dropped.</summary>
    [JSInvokable]
    public Task DroppedAsync(string id, int place) =>
        Line(id) is { } line ? InvokeAsync(() => OnDrop.InvokeAsync((line, place))) : Task.CompletedTask;

    /// <summary>Called by <c>reorder.js</c> for the arrow keys.</summary>
    /// <param name="to">A <see cref="QueueMove"/>.</param>
    [JSInvokable]
    public Task KeyAsync(string id, string to) => Line(id) is { } line && Enum.TryParse<QueueMove>(to, out var move)
        ? InvokeAsync(() => OnMove.InvokeAsync((line, move)))
        : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await LetGoAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and with it what it watched.
        }

        _self?.Dispose();
    }

    /// <summary>The list is another element each time it comes back after it was empty.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var isThere = CanMove && Lines.Count > 0;
        if (isThere == _isWatched)
        {
            return;
        }

        _isWatched = isThere;
        try
        {
            await (isThere ? WatchAsync() : LetGoAsync());
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            // A browser that is away or asleep, where the menus move rows, too; or the page was left meanwhile.
        }
    }

    private async Task WatchAsync()
    {
        _self ??= DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./js/reorder.js");
        _dragging = await module.InvokeAsync<IJSObjectReference>("watch", _list, _self);
    }

    private async Task LetGoAsync()
    {
        if (_dragging is { } dragging)
        {
            _dragging = null;
            await dragging.InvokeVoidAsync("stop");
            await dragging.DisposeAsync();
        }
    }

    private QueueLine? Line(string id) => Guid.TryParse(id, out var known) ? Lines.FirstOrDefault(line => line.Item.Id == known) : null;
}

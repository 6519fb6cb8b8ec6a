using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>Goes to a page or a series, or does something, by a few letters of its name.</summary>
public sealed partial class CommandPalette(PaletteEntries entries, UserActions actions, IJSRuntime js) : ComponentBase, IDisposable
{
    private CancellationTokenSource _searching = new();
    private IReadOnlyList<PaletteEntry> _found = [];
    private ElementReference _input;
    private int _at;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    public void Dispose()
    {
        _searching.Cancel();
        _searching.Dispose();
    }

    protected override async Task OnInitializedAsync() => _found = await entries.FindAsync("", _searching.Token);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await js.InvokeVoidAsync("aniworldKeys.focus", _input);
        }

        await js.InvokeVoidAsync("aniworldKeys.reveal", $"palette-{_at}");
    }

    /// <summary>The last text counts, however the answers overtake each other. The field is never written to: that would undo letters typed since.</summary>
    private async Task SearchAsync(ChangeEventArgs typed)
    {
        var token = BeginAnew();
        await actions.TryAsync(async () =>
        {
            var found = await entries.FindAsync((string?)typed.Value ?? "", token);
            token.ThrowIfCancellationRequested();
            (_found, _at) = (found, 0);
        });
    }

    /// <summary>What is searched for by now counts no more.</summary>
    private CancellationToken BeginAnew()
    {
        _searching.Cancel();
        _searching.Dispose();
        _searching = new CancellationTokenSource();
        return _searching.Token;
    }

    private async Task PressAsync(KeyboardEventArgs pressed)
    {
        _at = pressed.Key switch
        {
            "ArrowDown" => Math.Min(_at + 1, Math.Max(0, _found.Count - 1)),
            "ArrowUp" => Math.Max(_at - 1, 0),
            _ => _at,
        };
        if (pressed.Key == "Enter" && _at < _found.Count)
        {
            await ChooseAsync(_found[_at]);
        }
    }

    private Task ChooseAsync(PaletteEntry entry)
    {
        Dialog.Close();
        return entry.ChooseAsync();
    }
}

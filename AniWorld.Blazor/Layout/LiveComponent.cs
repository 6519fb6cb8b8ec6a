using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Layout;

/// <summary>A component that shows what happens as it happens: one call per tick, on the renderer's thread.</summary>
public abstract class LiveComponent(LiveFeed live) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _listening;

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => _listening = live.Listen(
        batch => _leaving.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(() => OnLiveAsync(batch)));

    /// <summary>Takes a batch over and calls <see cref="ComponentBase.StateHasChanged"/> if it shows any of it.</summary>
    protected abstract Task OnLiveAsync(LiveBatch batch);
}

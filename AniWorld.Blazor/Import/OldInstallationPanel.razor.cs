using AniWorld.Blazor.Layout;
using AniWorld.Services.Import;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Import;

/// <summary>Takes over an older Python installation: shows what there is, and does it when that is confirmed.</summary>
public sealed partial class OldInstallationPanel(ImportService import, ProgressService progress) : ComponentBase, IDisposable
{
    private const int MostRemarks = 100;

    private readonly CancellationTokenSource _leaving = new();
    private string? _path;
    private string? _library;
    private ImportPlan? _plan;
    private string? _message;
    private string? _failure;
    private bool _busy;

    /// <summary>Something was taken over.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private Task LookAsync() => string.IsNullOrWhiteSpace(_path) ? Task.CompletedTask : TryAsync(async () =>
    {
        _plan = null;
        _plan = await import.PlanAsync(_path.Trim(), string.IsNullOrWhiteSpace(_library) ? null : _library.Trim(), _leaving.Token);
        _message = _plan is null ? ImportTexts.Of("OldNone") : null;
    });

    /// <summary>Not to be cancelled by leaving the page: from here on it runs to its end.</summary>
    private Task ApplyAsync() => TryAsync(async () =>
    {
        await import.ApplyAsync(_plan!, CancellationToken.None);
        progress.Publish(new DatabaseReplaced());
        (_plan, _message) = (null, ImportTexts.Of("OldDone"));
        await OnDone.InvokeAsync();
    });

    private void Forget() => (_plan, _message) = (null, null);

    private async Task TryAsync(Func<Task> action)
    {
        (_busy, _failure, _message) = (true, null, null);
        try
        {
            await action();
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }

        _busy = false;
    }
}

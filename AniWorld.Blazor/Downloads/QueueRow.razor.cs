using AniWorld.Blazor.Layout;
using AniWorld.Data.Downloads;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Downloads;

/// <summary>One download: what it is, how far it is, what can be done with it. Drawn again only when more of it changed than how far it is.</summary>
public sealed partial class QueueRow(
    DownloadService downloads, LimitService limits, ConfigService configuration, UserActions actions, IDialogService dialogs, TimeProvider time, IJSRuntime js)
    : ComponentBase, IDisposable
{
    private QueueLine? _heard;
    private (int Version, bool Busy, bool Selected, bool Why) _drawn = (-1, false, false, false);
    private bool _busy;
    private bool _why;

    [Parameter, EditorRequired]
    public required QueueLine Line { get; set; }

    [Parameter, EditorRequired]
    public required QueueBoard Board { get; set; }

    [Parameter]
    public bool IsSelected { get; set; }

    /// <summary>It waits in an order that can be changed.</summary>
    [Parameter]
    public bool CanMove { get; set; }

    [Parameter]
    public EventCallback<(QueueLine Line, QueueMove To)> OnMove { get; set; }

    /// <summary>With Shift, a range is meant.</summary>
    [Parameter]
    public EventCallback<(QueueLine Line, bool Shift)> OnSelect { get; set; }

    [Parameter]
    public EventCallback<QueueLine> OnRemove { get; set; }

    private DownloadQueueItem Item => Line.Item;

    private bool IsActive => DownloadStatuses.Active.Contains(Item.Status);

    private bool IsOpen => DownloadStatuses.Open.Contains(Item.Status);

    private bool Waits => Item.Status is DownloadStatus.Pending or DownloadStatus.Paused;

    private string Spoken => $"{Item.SeriesName} {Line.Name}";

    private DownloadError? Error => Item.Error is { Length: > 0 } error ? DownloadError.Of(error) : null;

    private int Attempts => configuration.Current.Downloads.Attempts;

    private WaitReason Reasons => new(Attempts, configuration.Current.Downloads.Parallel, limits.Current, time.GetUtcNow(), time.LocalTimeZone);

    /// <summary>What is happening knows the progress best; the list may be a moment behind.</summary>
    private string? Phase => Item.Status switch
    {
        _ when IsActive && Line.IsPaused => QueueTexts.Of("PhasePaused"),
        _ when IsActive => (Line.Progress?.Phase, Item.Status) switch
        {
            (DownloadPhase.Processing, _) or (null, DownloadStatus.Processing) => QueueTexts.Of("PhaseProcessing"),
            (DownloadPhase.Resolving, _) or (null, DownloadStatus.Resolving) => QueueTexts.Of("PhaseResolving"),
            _ => Item.RetryCount > 0 ? QueueTexts.Of("PhaseDownloadingAgain", Item.RetryCount + 1, Attempts) : QueueTexts.Of("PhaseDownloading"),
        },
        DownloadStatus.Completed when Item.TotalBytes is { } size => Amount.Bytes(size),
        DownloadStatus.Failed => Item.RetryCount > 1 ? QueueTexts.Of("PhaseFailedAfter", Item.RetryCount) : QueueTexts.Of("PhaseFailed"),
        DownloadStatus.Pending when Item.NextRetryAt is { } next && next > time.GetUtcNow() => Item.RetryCount > 0
            ? QueueTexts.Of("PhaseAttemptAt", Item.RetryCount + 1, Attempts, Reasons.Clock(next))
            : QueueTexts.Of("PhaseLooksAgain", Reasons.Clock(next)),
        DownloadStatus.Pending when Item.Error is not null => QueueTexts.Of("PhaseSoon"),
        DownloadStatus.Pending when Item.DownloadedBytes > 0 => QueueTexts.Of("PhaseGoesOn", Amount.Percent(Item.Percent)),
        _ => null,
    };

    public void Dispose() => Forget();

    protected override void OnParametersSet()
    {
        if (_heard != Line)
        {
            Forget();
            _heard = Line;
            _heard.Changed += StateHasChanged;
            _drawn = (-1, _busy, IsSelected, _why);
        }
    }

    /// <summary>Why it waits depends on all the others, so that an open answer is drawn again with each look at the queue.</summary>
    protected override bool ShouldRender()
    {
        var now = (Line.Version, _busy, IsSelected, _why);
        var changed = _drawn != now || _why;
        _drawn = now;
        return changed;
    }

    private void Forget()
    {
        if (_heard is not null)
        {
            _heard.Changed -= StateHasChanged;
        }
    }

    private async Task DoAsync(Func<Task> action)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        await actions.TryAsync(action);
        _busy = false;
    }

    private Task ChangeAsync(DownloadChange change) => DoAsync(() => downloads.ChangeAsync(Item.Id, change));

    private Task RetryAsync() => DoAsync(() => downloads.RetryAsync([Item.Id]));

    private Task MoveAsync(QueueMove to) => OnMove.InvokeAsync((Line, to));

    private Task<IDialogReference> ChooseHosterAsync() => dialogs.ShowAsync<HosterDialog>(
        QueueTexts.Of("HosterTitle", Spoken), new DialogParameters<HosterDialog> { { dialog => dialog.Id, Item.Id }, { dialog => dialog.Name, Spoken } });

    private async Task CopyErrorAsync()
    {
        if (await js.InvokeAsync<bool>("aniworldPage.copy", Item.Error))
        {
            actions.Say(QueueTexts.Of("ErrorCopied"));
        }
    }
}

using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Downloads;

/// <summary>One download: what it is, how far it is, what can be done with it. Drawn again only when it changed.</summary>
public sealed partial class QueueRow(DownloadService downloads, UserActions actions, TimeProvider time, IJSRuntime js)
    : ComponentBase, IDisposable
{
    private static readonly (DownloadPriority Priority, string Name)[] Priorities =
    [
        (DownloadPriority.High, "High priority"), (DownloadPriority.Normal, "Normal priority"), (DownloadPriority.Low, "Low priority"),
    ];

    private QueueLine? _heard;
    private int _drawn = -1;
    private bool _drawnBusy;
    private bool _busy;

    [Parameter, EditorRequired]
    public required QueueLine Line { get; set; }

    [Parameter]
    public EventCallback<(QueueLine Line, QueueMove To)> OnMove { get; set; }

    private DownloadQueueItem Item => Line.Item;

    private bool IsActive => DownloadStatuses.Active.Contains(Item.Status);

    private string Spoken => $"{Item.SeriesName} {Line.Name}";

    private DownloadError? Error => Item.Error is { Length: > 0 } error ? DownloadError.Of(error) : null;

    /// <summary>Nothing can be said of how far it is before the stream is found.</summary>
    private double? Percent => Line.Progress is { Phase: DownloadPhase.Resolving } || (Line.Progress is null && Item.Status is DownloadStatus.Resolving)
        ? null
        : Line.Percent;

    private string Sizes => (Line.DownloadedBytes, Line.TotalBytes) switch
    {
        (0, null) => "",
        (var done, { } total) => $"{Amount.Bytes(done)} of {Amount.Bytes(total)}",
        var (done, _) => Amount.Bytes(done),
    };

    /// <summary>What is happening knows the progress best; the list may be a moment behind.</summary>
    private string? Phase => Item.Status switch
    {
        _ when IsActive && Line.IsPaused => "Paused",
        _ when IsActive => (Line.Progress?.Phase, Item.Status) switch
        {
            (DownloadPhase.Processing, _) or (null, DownloadStatus.Processing) => "Checking and filing",
            (DownloadPhase.Resolving, _) or (null, DownloadStatus.Resolving) => "Looking for the stream",
            _ => Item.RetryCount > 0 ? $"Downloading, attempt {Item.RetryCount + 1}" : "Downloading",
        },
        DownloadStatus.Completed when Item.TotalBytes is { } size => Amount.Bytes(size),
        DownloadStatus.Failed => Item.RetryCount > 1 ? $"Failed after {Item.RetryCount} attempts" : "Failed",
        DownloadStatus.Pending when Item.NextRetryAt is { } next && next > time.GetUtcNow() => Item.RetryCount > 0
            ? $"Attempt {Item.RetryCount + 1} at {Clock(next)}"
            : $"Waits, looks again at {Clock(next)}",
        DownloadStatus.Pending when Item.Error is not null => "Tried again as soon as there is a place",
        DownloadStatus.Pending when Item.DownloadedBytes > 0 => $"Goes on from {Amount.Percent(Item.Percent)}",
        _ => null,
    };

    private string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).ToString(
        moment - time.GetUtcNow() < TimeSpan.FromMinutes(2) ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);

    public void Dispose() => Forget();

    protected override void OnParametersSet()
    {
        if (_heard != Line)
        {
            Forget();
            _heard = Line;
            _heard.Changed += StateHasChanged;
            _drawn = -1;
        }
    }

    protected override bool ShouldRender()
    {
        var changed = _drawn != Line.Version || _drawnBusy != _busy;
        (_drawn, _drawnBusy) = (Line.Version, _busy);
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

    private Task RemoveAsync() => DoAsync(async () =>
    {
        var removed = Item;
        await downloads.RemoveAsync(removed.Id);
        if (removed.Status is not DownloadStatus.Completed)
        {
            actions.Offer($"{Spoken} was removed from the queue.", "Undo", () => downloads.EnqueueAsync(new EnqueueRequest(
                removed.SeriesKey, [new EpisodeNumber(removed.Season, removed.Number)], removed.Priority, removed.Language)));
        }
    });

    private async Task CopyErrorAsync()
    {
        if (await js.InvokeAsync<bool>("aniworldPage.copy", Item.Error))
        {
            actions.Say("The error was copied.");
        }
    }
}

using AniWorld.Services.Progress;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Layout;

/// <summary>How far the downloads are, in the browser's tab and for screen readers, whichever page is open.</summary>
public sealed partial class TabProgress(LiveFeed live, IJSRuntime js, TimeProvider time) : LiveComponent(live)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Guid, double> _percents = [];
    private DateTimeOffset _spokeAt = DateTimeOffset.MinValue;
    private int? _shown;
    private string _said = "";

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Anew)
        {
            _percents.Clear();
        }

        foreach (var happened in batch.Events)
        {
            Take(happened);
        }

        Speak(batch);
        int? percent = _percents.Count == 0 ? null : (int)_percents.Values.Average();
        if (percent != _shown)
        {
            _shown = percent;
            _ = ShowAsync(percent);
        }

        return Task.CompletedTask;
    }

    /// <summary>Not waited for: a call that is lost with the connection would hold up what all components of the page are told.</summary>
    private async Task ShowAsync(int? percent)
    {
        try
        {
            await js.InvokeVoidAsync("aniworldPage.showProgress", Patience, percent);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException or JSException or ObjectDisposedException)
        {
            // The tab is away; the next percent is shown again.
            _shown = null;
        }
    }

    private void Take(ProgressEvent happened)
    {
        switch (happened)
        {
            case DownloadProgressed progress:
                _percents[progress.DownloadId] = progress.Percent;
                break;
            case DownloadCompleted done:
                _percents.Remove(done.DownloadId);
                break;
            case DownloadFailed failed:
                _percents.Remove(failed.DownloadId);
                break;
            case DownloadStopped stopped:
                _percents.Remove(stopped.DownloadId);
                break;
        }
    }

    /// <summary>An end is said at once, unless something was said just now; then the next one is.</summary>
    private void Speak(LiveBatch batch)
    {
        var now = time.GetUtcNow();
        var ended = batch.Events.Select(SentenceOf).OfType<string>().LastOrDefault();
        if (now - _spokeAt < (ended is null ? Pause : Pause / 10) || (ended is null && _percents.Count == 0))
        {
            return;
        }

        _spokeAt = now;
        _said = ended ?? ShellTexts.Of("SayProgress", _percents.Count, Amount.Percent(_percents.Values.Average()));
        StateHasChanged();
    }

    private static string? SentenceOf(ProgressEvent happened) => happened switch
    {
        DownloadCompleted done => ShellTexts.Of("SayComplete", done.Folder, done.Season, done.Number),
        DownloadFailed { WillRetry: false } failed => ShellTexts.Of("SayFailed", failed.Folder, failed.Season, failed.Number),
        ScanCompleted => ShellTexts.Of("SayScan"),
        _ => null,
    };
}

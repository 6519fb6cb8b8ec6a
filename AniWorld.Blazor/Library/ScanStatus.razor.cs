using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>How far the running scan is, with a way to stop it; says what came out when it ends.</summary>
public sealed partial class ScanStatus(LiveFeed live, ScanService scans, ProgressService progress, UserActions actions, TimeProvider time) : LiveComponent(live)
{
    private ScanProgressed? _scan;
    private bool _isCancelling;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _scan = progress.CurrentScan;
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        foreach (var happened in batch.Events)
        {
            switch (happened)
            {
                case ScanProgressed scan:
                    _scan = scan;
                    break;
                case ScanCompleted done:
                    End(
                        done.Warning is { } warning ? Said.Of(warning) : Summary(done), done.Warning is null ? Severity.Success : Severity.Warning);
                    break;
                case ScanFailed { Cancelled: true }:
                    End(LibraryTexts.Of("ScanStopped"), Severity.Normal);
                    break;
                case ScanFailed failed:
                    End(LibraryTexts.Of("ScanFailed", FaultTexts.Of(failed.Error)), Severity.Error);
                    break;
                default:
                    continue;
            }

            StateHasChanged();
        }

        if (batch.Anew)
        {
            _scan = progress.CurrentScan;
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    private static string Summary(ScanCompleted done) =>
        LibraryTexts.Of(
            "ScanDone", LibraryTexts.Count("Series", done.Series), LibraryTexts.Count("Files", done.Files), LibraryTexts.Count("EpisodesMissing", done.Missing));

    /// <summary>The folder or the series at hand, and the end where that is far.</summary>
    private string MessageOf(ScanProgressed scan) => (scan.Folder ?? scan.Key) is { Length: > 0 } at
        ? scan.Until is { } until
            ? LibraryTexts.Of("ScanAtUntil", at, Amount.Moment(until, time.LocalTimeZone))
            : LibraryTexts.Of("ScanAt", at)
        : LibraryTexts.Of("ScanRuns");

    private void End(string outcome, Severity severity)
    {
        (_scan, _isCancelling) = (null, false);
        actions.Say(outcome, severity);
    }

    private async Task CancelAsync() => _isCancelling = await scans.CancelAsync();
}

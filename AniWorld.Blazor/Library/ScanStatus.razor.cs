using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>How far the running scan is, with a way to stop it; says what came out when it ends.</summary>
public sealed partial class ScanStatus(LiveFeed live, ScanService scans, ProgressService progress, UserActions actions) : LiveComponent(live)
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
                    End(done.Warning ?? Summary(done), done.Warning is null ? Severity.Success : Severity.Warning);
                    break;
                case ScanFailed { Cancelled: true }:
                    End("The scan was stopped; what it had read is kept.", Severity.Normal);
                    break;
                case ScanFailed failed:
                    End($"The scan failed. {failed.Error}", Severity.Error);
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
        $"Scan done: {Amount.Count(done.Series, "series", "series")}, {Amount.Count(done.Files, "file", "files")}, " +
        $"{Amount.Count(done.Missing, "episode", "episodes")} missing.";

    private void End(string outcome, Severity severity)
    {
        (_scan, _isCancelling) = (null, false);
        actions.Say(outcome, severity);
    }

    private void Cancel() => _isCancelling = scans.Cancel();
}

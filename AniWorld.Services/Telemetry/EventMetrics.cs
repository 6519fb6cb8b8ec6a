using System.Diagnostics.Metrics;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Hosting;

namespace AniWorld.Services.Telemetry;

/// <summary>What happened, counted: how downloads and scans ended, and what hosters failed with.</summary>
internal sealed class EventMetrics : BackgroundService
{
    /// <summary>Hosters that get a label of their own; times the fault classes that stays well below what an exporter keeps apart.</summary>
    private const int MostHosters = 40;

    private readonly ProgressService _progress;
    private readonly CallbackManager _callbacks;
    private readonly StateMetrics _state;
    private readonly Names _hosters = new(MostHosters);
    private readonly Counter<long> _downloads;
    private readonly Counter<long> _downloadFailures;
    private readonly Counter<long> _hosterFailures;
    private readonly Counter<long> _scans;
    private readonly Histogram<double> _scanDuration;

    public EventMetrics(IMeterFactory meters, StateMetrics state, ProgressService progress, CallbackManager callbacks)
    {
        (_state, _progress, _callbacks) = (state, progress, callbacks);
        var meter = meters.Create(TelemetrySource.Name);
        _downloads = meter.CreateCounter<long>("aniworld.downloads", "{download}", "Runs of downloads by outcome: completed, failed, or to be retried");
        _downloadFailures = meter.CreateCounter<long>("aniworld.download.failures", "{failure}", "Runs of downloads that failed, by class of failure");
        _hosterFailures = meter.CreateCounter<long>("aniworld.hoster.failures", "{failure}", "Tries at a hoster that failed, by class of failure");
        _scans = meter.CreateCounter<long>("aniworld.scans", "{scan}", "Scans of the library by outcome: completed, failed or cancelled");
        _scanDuration = meter.CreateHistogram("aniworld.scan.duration", "s", "How long completed scans took", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600],
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _state.Register();
        using var errors = _callbacks.OnError(CountHosterFailure);
        try
        {
            while (await CountEventsAsync(stoppingToken))
            {
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <returns>Whether to listen again, because too much had waited unread.</returns>
    private async Task<bool> CountEventsAsync(CancellationToken cancellationToken)
    {
        using var subscription = _progress.Subscribe(ProgressRooms.Downloads | ProgressRooms.ScanProgress);
        await foreach (var batch in subscription.ReadBatchesAsync(cancellationToken))
        {
            // Each node counts its own, so that their sum is all.
            foreach (var happened in batch.Where(happened => !happened.IsFromElsewhere))
            {
                Count(happened.Event);
            }
        }

        return subscription.Overflowed;
    }

    private void Count(ProgressEvent happened)
    {
        switch (happened)
        {
            case DownloadCompleted:
                _downloads.Add(1, Tag("outcome", "completed"));
                break;
            case DownloadFailed failed:
                _downloads.Add(1, Tag("outcome", failed.WillRetry ? "retried" : "failed"));
                _downloadFailures.Add(1, Tag("class", FaultClass.Of(failed.Error)));
                break;
            case ScanCompleted completed:
                _scans.Add(1, Tag("outcome", "completed"));
                _scanDuration.Record(completed.Duration.TotalSeconds);
                break;
            case ScanFailed failed:
                _scans.Add(1, Tag("outcome", failed.Cancelled ? "cancelled" : "failed"));
                break;
        }
    }

    private void CountHosterFailure(ErrorContext error)
    {
        if (error.Hoster is { } hoster)
        {
            _hosterFailures.Add(1, Tag("hoster", _hosters.Label(hoster)), Tag("class", FaultClass.Of(error.Code)));
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => KeyValuePair.Create<string, object?>(name, value);
}

using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads;

/// <summary>Says once that a hoster is out, and not with every download that meets it; and once that it is back.</summary>
internal sealed class HosterNotices(HosterHealth health, ProgressService progress, ILogger<HosterNotices> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        health.Changed += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        health.Changed -= Tell;
        return Task.CompletedTask;
    }

    private void Tell(HosterChange change)
    {
        logger.Log(change.IsBack ? LogLevel.Information : LogLevel.Warning, "{Sentence}", change.Sentence);
        progress.Publish(new SystemNotice(change.IsBack ? "info" : "warning", change.Code, change.Sentence.ToString()));
    }
}

using AniWorld.Services.Progress;
using Microsoft.Extensions.Hosting;

namespace AniWorld.Services.Catalogue;

/// <summary>Says once that a site is in trouble, and not with everything that meets it; and once that it is back.</summary>
internal sealed class SiteNotices(SiteHealth health, ProgressService progress) : IHostedService
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

    private void Tell(SiteChange change) =>
        progress.Publish(new SystemNotice(change.IsBack ? "info" : "warning", change.Code, change.Sentence.ToString()));
}

using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>An item that brings its run down every time.</summary>
[Trait("Database", "both")]
public sealed class QueueCrashTests
{
    [Fact]
    public async Task An_item_that_crashes_the_worker_each_time_ends_as_failed_and_the_rest_goes_on()
    {
        await using var world = await QueueWorld.StartAsync(change: services => services
            .AddSingleton<IMediaDownloader>(provider => new Crashing(ActivatorUtilities.CreateInstance<MediaDownloader>(provider), "E01")));
        await world.AddAsync();

        var ids = await world.EnqueueAsync(QueueWorld.Key, [1, 2, 3]);

        var failed = await world.UntilAsync(ids[0], DownloadStatus.Failed);
        Assert.StartsWith("internal: ", failed.Error, StringComparison.Ordinal);
        Assert.Equal(5, failed.RetryCount);
        Assert.DoesNotContain("Deliberately", failed.Error, StringComparison.Ordinal);
        await world.UntilAsync(ids[1], DownloadStatus.Completed);
        await world.UntilAsync(ids[2], DownloadStatus.Completed);
    }

    [Fact]
    public async Task One_whose_process_died_at_every_try_fails_with_all_that_follows_from_a_failure()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync();
        await world.Queue.StopAsync(TestContext.Current.CancellationToken);
        var id = await world.EnqueueAsync();
        await using var database = world.Database();
        await database.Downloads.ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Status, DownloadStatus.Downloading)
                .SetProperty(i => i.RetryCount, 4)
                .SetProperty(i => i.LeaseOwner, "dead")
                .SetProperty(i => i.LeaseUntil, world.Time.GetUtcNow()),
            TestContext.Current.CancellationToken);

        var failed = await world.UntilAsync(id, DownloadStatus.Failed);

        Assert.StartsWith("internal: ", failed.Error, StringComparison.Ordinal);
        Assert.Equal((5, null), (failed.RetryCount, failed.LeaseOwner));
        Assert.Single(await database.History.Where(happened => happened.Kind == "download.failed").ToListAsync(TestContext.Current.CancellationToken));
        await world.UntilAsync(() => Task.FromResult(world.Events.OfType<DownloadFailed>().Any()), () => string.Join(' ', world.Events));
        Assert.False(Assert.Single(world.Events.OfType<DownloadFailed>()).WillRetry);
    }

    /// <summary>The engine, but for a defect that one target meets.</summary>
    private sealed class Crashing(IMediaDownloader engine, string target) : IMediaDownloader
    {
        public Task<DownloadedMedia> DownloadAsync(
            MediaStream stream, string targetPath, MediaDownloadOptions options, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken) =>
            targetPath.Contains(target, StringComparison.Ordinal)
                ? throw new InvalidCastException("Deliberately.")
                : engine.DownloadAsync(stream, targetPath, options, progress, cancellationToken);

        public Task<DownloadedMedia?> FindFinishedAsync(string targetPath, MediaDownloadOptions options, CancellationToken cancellationToken) =>
            engine.FindFinishedAsync(targetPath, options, cancellationToken);

        public void Discard(string targetPath) => engine.Discard(targetPath);
    }
}

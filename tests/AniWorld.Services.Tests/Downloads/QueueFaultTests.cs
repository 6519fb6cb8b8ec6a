using System.Security.Cryptography;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using FaultKind = AniWorld.SampleSite.Faults.FaultKind;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>What the queue makes of hosters that fail, each in its own way.</summary>
[Trait("Database", "both")]
public sealed class QueueFaultTests
{
    private const string Trilingual = "windspiel-2024";

    [Fact]
    public async Task A_break_that_a_host_asks_for_is_kept_and_other_hosters_go_on()
    {
        await using var world = await QueueWorld.StartAsync();
        world.LeaveOnly("Rangeo");
        await world.AddAsync();
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = 429, RetryAfter = 7, Times = 1 });

        var id = await world.EnqueueAsync();

        var waiting = await world.UntilAsync(id, item => item.NextRetryAt is not null);
        Assert.StartsWith("rate_limited: ", waiting.Error, StringComparison.Ordinal);
        Assert.Equal((DownloadStatus.Pending, "Rangeo"), (waiting.Status, waiting.Hoster));
        Assert.InRange(waiting.NextRetryAt!.Value - world.Time.GetUtcNow(), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
        var asked = world.HosterRequests.Count(request => request.Path.StartsWith("/hoster/rangeo/", StringComparison.Ordinal));

        // Another item of that host is told to wait without a question; one that another hoster has is not held up.
        var other = await world.EnqueueAsync(2);
        var told = await world.UntilAsync(other, item => item.NextRetryAt is not null);
        Assert.StartsWith("rate_limited: ", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, told.RetryCount);
        world.Site.Faults.Clear();
        await world.UntilAsync(await world.EnqueueAsync(3), DownloadStatus.Completed);
        Assert.Equal(asked, world.HosterRequests.Count(request => request.Path.StartsWith("/hoster/rangeo/", StringComparison.Ordinal)));

        var done = await world.UntilAsync(id, DownloadStatus.Completed);
        await world.UntilAsync(other, DownloadStatus.Completed);
        Assert.InRange(done.CompletedAt!.Value, waiting.NextRetryAt.Value, waiting.NextRetryAt.Value.AddSeconds(20));
        Assert.Equal(1, done.RetryCount);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_server_that_fails_twice_is_tried_a_third_time(int status)
    {
        await using var world = await QueueWorld.StartAsync();
        world.LeaveOnly("Rangeo");
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = status, Times = 2 });
        await world.AddAsync();

        var done = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Completed);

        Assert.Equal((2, (string?)null, (DateTimeOffset?)null), (done.RetryCount, done.Error, done.NextRetryAt));
        Assert.Equal(2, world.Events.OfType<DownloadFailed>().Count(failed => failed.WillRetry && failed.NextRetryAt is not null));
    }

    [Fact]
    public async Task Waits_between_tries_grow_and_end_as_failed_with_the_same_code_everywhere()
    {
        await using var world = await QueueWorld.StartAsync();
        world.LeaveOnly("Rangeo");
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = 500 });
        world.Settings.ChangeDownloads(downloads => downloads with { BackoffSeconds = 1 });
        await world.AddAsync();

        var failed = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Failed);

        Assert.StartsWith("http_500: None of 5 hosters delivers it. Rangeo: ", failed.Error, StringComparison.Ordinal);
        Assert.Equal((5, "Rangeo", (DateTimeOffset?)null), (failed.RetryCount, failed.Hoster, failed.NextRetryAt));
        await world.UntilAsync(() => Task.FromResult(world.Events.OfType<DownloadFailed>().Any(one => !one.WillRetry)), () => "no event");
        var told = world.Events.OfType<DownloadFailed>().ToList();
        Assert.Equal([true, true, true, true, false], told.Select(one => one.WillRetry));
        Assert.All(told, one => Assert.Equal(failed.Error, one.Error));
        await using var database = world.Database();
        Assert.Equal(failed.Error, (await database.History.SingleAsync(one => one.Kind == "download.failed")).Details["error"]);
    }

    [Fact]
    public async Task A_video_that_is_gone_from_one_hoster_comes_from_the_next()
    {
        await using var world = await QueueWorld.StartAsync();
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = 410 });
        world.Settings.Change(options => options with { Hosters = new() { Order = ["Rangeo", "Plainfile"] } });
        await world.AddAsync();

        var done = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Completed);

        Assert.Equal(("Plainfile", 0), (done.Hoster, done.RetryCount));
    }

    [Fact]
    public async Task A_language_that_is_gone_everywhere_gives_way_to_the_next_of_the_profile()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(Trilingual);
        Gone(world, "de-dub");

        var id = Assert.Single(await world.EnqueueAsync(Trilingual, [1]));

        var done = await world.UntilAsync(id, DownloadStatus.Completed);
        Assert.Equal(Language.DeSub, done.Language);
        Assert.EndsWith("[de-sub].mp4", Assert.Single(world.Videos), StringComparison.Ordinal);
        await using var database = world.Database();
        Assert.Equal(Language.DeSub, (await database.EpisodeFiles.SingleAsync()).Language);
    }

    [Fact]
    public async Task A_language_that_the_user_chose_is_not_replaced_and_gone_is_said_once()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(Trilingual);
        Gone(world, "de-dub");

        var id = Assert.Single(await world.EnqueueAsync(Trilingual, [1], language: Language.DeDub));

        var failed = await world.UntilAsync(id, DownloadStatus.Failed);
        Assert.StartsWith("http_404: ", failed.Error, StringComparison.Ordinal);
        Assert.Equal((Language.DeDub, 1), (failed.Language, failed.RetryCount));
        Assert.Empty(world.Videos);
    }

    [Fact]
    public async Task A_signed_link_that_runs_out_midway_is_resolved_again_and_gone_on_with()
    {
        await using var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        world.LeaveOnly("Rangeo");
        await world.AddAsync();
        // The look at the link, then the file until it breaks, then a link that is no longer valid, once.
        world.Site.Faults.Add(new Fault(FaultKind.Cut) { Hoster = "Rangeo", Skip = 1, Times = 1, Bytes = 3 << 20 });
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = 403, Skip = 1, Times = 1 });

        var done = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Completed);

        Assert.Equal("Rangeo", done.Hoster);
        var requests = world.HosterRequests.Where(request => request.Path.StartsWith("/hoster/rangeo/", StringComparison.Ordinal)).ToList();
        var refused = requests.FindIndex(request => request.Status == 403);
        Assert.True(refused >= 2, string.Join(", ", requests.Select(request => $"{request.Status} {request.Range}")));
        Assert.Equal($"bytes={3 << 20}-", requests[refused + 2].Range?.Split(',')[0][..(6 + $"{3 << 20}-".Length)]);
        Assert.Equal(world.Site.ClipOf(QueueWorld.Key, 1, 1, "Rangeo").Sha256, await HashAsync(Assert.Single(world.Videos)));
    }

    [Fact]
    public async Task One_of_many_episodes_that_cannot_be_had_holds_no_other_back()
    {
        const string series = "chronik-der-tausend-boten";
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(series);
        foreach (var hoster in (string[])["rangeo", "plainfile", "streamly", "cryptix", "embedo"])
        {
            world.Site.Faults.Add(new Fault(FaultKind.Status) { Path = $"/hoster/{hoster}/{series}/1/7/", Status = 404 });
        }

        var ids = await world.EnqueueAsync(series, Enumerable.Range(1, 26));
        Assert.Equal(26, ids.Count);
        await world.UntilAsync(
            async () => (await world.Queue.StateAsync()) is { Active.Count: 0, Pending.Count: 0 }, () => $"{world.Videos.Count} videos");

        var state = await world.Queue.StateAsync();
        Assert.Equal((25, 1), (state.Statistics.CompletedCount, state.Statistics.FailedCount));
        Assert.Equal(25, world.Videos.Count);
        Assert.Equal(7, Assert.Single(state.Failed).Number);
        await using var database = world.Database();
        Assert.Equal(25, await database.EpisodeFiles.CountAsync());
    }

    [Fact]
    public async Task A_captcha_wants_a_person_and_is_not_tried_again()
    {
        await using var world = await QueueWorld.StartAsync(change: services => services.AddSingleton<IStreamResolver, WantsPerson>());
        world.LeaveOnly("Embedo");
        world.Site.Faults.Add(new Fault(FaultKind.Html) { Hoster = "Embedo" });
        await world.AddAsync();

        var failed = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Failed);

        Assert.StartsWith("manual_action: None of 5 hosters delivers it. Embedo: ", failed.Error, StringComparison.Ordinal);
        Assert.Equal((1, "Embedo", (DateTimeOffset?)null), (failed.RetryCount, failed.Hoster, failed.NextRetryAt));
    }

    [Fact]
    public async Task Access_that_is_forbidden_is_said_before_what_is_gone_and_not_tried_again()
    {
        await using var world = await QueueWorld.StartAsync();
        world.LeaveOnly("Plainfile");
        world.Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Plainfile", Status = 403 });
        await world.AddAsync();

        var failed = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Failed);

        Assert.Matches("^http_403: .*Plainfile: .*403", failed.Error);
        Assert.Equal((1, "Plainfile"), (failed.RetryCount, failed.Hoster));
    }

    [Fact]
    public async Task A_page_in_place_of_the_video_is_not_media_and_leaves_nothing()
    {
        await using var world = await QueueWorld.StartAsync();
        world.LeaveOnly("Rangeo");
        world.Site.Faults.Add(new Fault(FaultKind.Html) { Hoster = "Rangeo", ContentType = "application/octet-stream", Skip = 1 });
        await world.AddAsync();

        var failed = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Failed);

        Assert.Matches("^not_media: .*Rangeo: ", failed.Error);
        Assert.Equal(1, failed.RetryCount);
        Assert.Empty(world.Videos);
    }

    [Fact]
    public async Task An_empty_file_is_too_small()
    {
        await using var world = await QueueWorld.StartAsync();
        world.LeaveOnly("Rangeo");
        world.Site.Faults.Add(new Fault(FaultKind.Shorten) { Hoster = "Rangeo", Bytes = 0, Skip = 1 });
        await world.AddAsync();

        var failed = await world.UntilAsync(await world.EnqueueAsync(), DownloadStatus.Failed);

        Assert.StartsWith("too_small: ", failed.Error, StringComparison.Ordinal);
        Assert.Empty(world.Videos);
    }

    private static void Gone(QueueWorld world, string language)
    {
        foreach (var hoster in (string[])["rangeo", "plainfile", "streamly", "cryptix", "embedo"])
        {
            world.Site.Faults.Add(new Fault(FaultKind.Status) { Path = $"/hoster/{hoster}/{Trilingual}/1/1/{language}/", Status = 404 });
        }
    }

    private static async Task<string> HashAsync(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));

    /// <summary>Takes every page that shows no video for one that wants a person.</summary>
    private sealed class WantsPerson : IStreamResolver
    {
        public Task<MediaStream?> ResolveAsync(HosterPage page, CancellationToken cancellationToken) => throw Challenge.Fault(page.Address);
    }
}

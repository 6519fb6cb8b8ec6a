using AniWorld.Blazor.Downloads;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Bunit;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor.Tests.Downloads;

public sealed class QueuePageTests : IAsyncDisposable
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Progress_redraws_the_row_of_its_download_and_no_other()
    {
        var first = _world.AddDownload(1, DownloadStatus.Downloading);
        _world.AddDownload(2, DownloadStatus.Downloading);
        var page = _world.Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindComponents<QueueRow>().Count));
        _world.Happens(Progress(first, percent: 10));
        var (moving, still) = (page.FindComponents<QueueRow>()[0], page.FindComponents<QueueRow>()[1]);
        moving.WaitForAssertion(() => Assert.Contains("10 %", moving.Markup, StringComparison.Ordinal));
        var drawn = still.RenderCount;

        _world.Happens(Progress(first, percent: 42));

        moving.WaitForAssertion(() => Assert.Contains("42 %", moving.Markup, StringComparison.Ordinal));
        Assert.Equal(drawn, still.RenderCount);
        Assert.Contains("2.0 MiB/s", page.FindComponent<QueueNumbers>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_download_moves_to_the_completed_ones_by_itself()
    {
        var item = _world.AddDownload(1, DownloadStatus.Downloading);
        var page = _world.Render<QueuePage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("section[aria-label=Running]")));
        using (var database = _world.Database())
        {
            database.Downloads.ExecuteUpdate(set => set
                .SetProperty(i => i.Status, DownloadStatus.Completed).SetProperty(i => i.CompletedAt, _world.Time.GetUtcNow()));
        }

        _world.Happens(new DownloadCompleted(item.Id, item.SeriesKey, item.SeriesFolder, 1, 1, "x.mp4", 100, "de-dub"));

        page.WaitForAssertion(() => Assert.NotNull(page.Find("section[aria-label=Completed]")));
        Assert.Empty(page.FindAll("section[aria-label=Running]"));
    }

    [Fact]
    public void Hostile_titles_hosters_and_errors_are_shown_as_text()
    {
        _world.AddDownload(1, DownloadStatus.Failed, item =>
        {
            item.SeriesName = Hostile;
            item.Title = Hostile;
            item.Hoster = Hostile;
            item.Error = $"no_stream: {Hostile}";
        });

        var page = _world.Render<QueuePage>();

        page.WaitForAssertion(() => Assert.Contains(Hostile, page.Find(".queue-error").TextContent, StringComparison.Ordinal));
        Assert.Contains(Hostile, page.Find(".queue-title a").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("img"));
    }

    [Fact]
    public void A_failed_download_waits_again_after_try_again()
    {
        _world.AddDownload(1, DownloadStatus.Failed, item => item.Error = "timeout: The hoster did not answer.");
        var page = _world.Render<QueuePage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("section[aria-label=Failed]")));

        page.Find("button[aria-label^='Try ']").Click();

        page.WaitForAssertion(() =>
        {
            using var database = _world.Database();
            Assert.Equal(DownloadStatus.Pending, database.Downloads.Single().Status);
        });
    }

    [Fact]
    public void A_failed_download_names_its_hoster_the_attempts_and_the_reason()
    {
        _world.AddDownload(1, DownloadStatus.Failed, item =>
        {
            item.Hoster = "Rangeo";
            item.RetryCount = 5;
            item.Error = "http_503: Rangeo: it is overloaded.";
        });

        var page = _world.Render<QueuePage>();

        page.WaitForAssertion(() => Assert.Contains("Failed after 5 attempts", page.Find(".queue-meta").TextContent, StringComparison.Ordinal));
        Assert.Contains("Rangeo", page.Find(".queue-meta").TextContent, StringComparison.Ordinal);
        Assert.Equal("Rangeo: it is overloaded. http_503", page.Find(".queue-error span").TextContent);
    }

    [Fact]
    public void A_waiting_download_says_why_and_when_it_is_looked_at_again()
    {
        _world.AddDownload(1, DownloadStatus.Pending, item =>
        {
            item.Error = "disk_full: There is not enough free space.";
            item.NextRetryAt = _world.Time.GetUtcNow().AddSeconds(30);
        });
        _world.AddDownload(2, DownloadStatus.Pending, item =>
        {
            item.RetryCount = 2;
            item.Error = "timeout: It did not answer.";
            item.NextRetryAt = _world.Time.GetUtcNow().AddMinutes(30);
        });

        var page = _world.Render<QueuePage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".queue-phase").Count));
        Assert.Matches(@"^Waits, looks again at \d\d:\d\d:30$", page.FindAll(".queue-phase")[0].TextContent);
        Assert.Matches(@"^Attempt 3 at \d\d:\d\d$", page.FindAll(".queue-phase")[1].TextContent);
    }

    [Fact]
    public void Moving_up_swaps_with_the_one_before_of_the_same_priority()
    {
        var board = new QueueBoard();
        var high = _world.AddDownload(1, DownloadStatus.Pending, item => item.Priority = DownloadPriority.High);
        var one = _world.AddDownload(2, DownloadStatus.Pending);
        var two = _world.AddDownload(3, DownloadStatus.Pending);
        board.Load(new QueueState(true, false, [], [high, one, two], [], [], board.Statistics), _ => null);

        Assert.Equal([two.Id, one.Id], board.Moved(board.Pending[2], QueueMove.Up));
        Assert.Equal([one.Id, two.Id], board.Moved(board.Pending[1], QueueMove.Up));
    }

    private static DownloadProgressed Progress(DownloadQueueItem item, double percent) => new(
        item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number, DownloadPhase.Downloading, percent, (long)percent << 20, 100 << 20,
        2 << 20, TimeSpan.FromSeconds(30));
}

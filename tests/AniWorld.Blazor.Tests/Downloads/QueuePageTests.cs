using System.Globalization;
using AniWorld.Blazor.Downloads;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

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

    [Theory]
    [InlineData("de-AT", "Rangeo: voe.example antwortete mit Status 500 (das liegt am Server; versuche es später noch einmal).")]
    [InlineData("en-GB", "Rangeo: voe.example answered with status 500 (its own fault; try again later).")]
    public void A_stored_failure_is_said_in_the_language_of_its_reader(string language, string said)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        try
        {
            _world.AddDownload(
                1, DownloadStatus.Failed, item => item.Error = "http_500: Rangeo: voe.example answered with status 500 (its own fault; try again later).");

            var page = _world.Render<QueuePage>();

            page.WaitForAssertion(() => Assert.Equal(said, page.Find(".queue-error span").FirstChild!.TextContent.Trim()));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
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
        Assert.Matches(@"^Attempt 3 of 5 at \d\d:\d\d$", page.FindAll(".queue-phase")[1].TextContent);
    }

    [Fact]
    public void Moving_up_swaps_with_the_one_before_of_the_same_priority()
    {
        var board = new QueueBoard();
        var high = _world.AddDownload(1, DownloadStatus.Pending, item => item.Priority = DownloadPriority.High);
        var one = _world.AddDownload(2, DownloadStatus.Pending);
        var two = _world.AddDownload(3, DownloadStatus.Pending);
        board.Load(new QueueState(true, false, [], [high, one, two], [], [], board.Statistics), _ => null);

        Assert.Equal([two.Id, one.Id], board.MovedBy(board.Pending[2], -1));
        Assert.Equal([one.Id, two.Id], board.MovedBy(board.Pending[1], -1));
        Assert.Equal([two.Id, one.Id], board.Moved(board.Pending[1], 7));

        board.Arrange([two.Id, one.Id]);
        Assert.Equal([high.Id, two.Id, one.Id], board.Pending.Select(line => line.Item.Id));
    }

    [Fact]
    public async Task The_arrow_keys_move_a_waiting_download_and_say_where_it_is()
    {
        var ids = Enumerable.Range(1, 3).Select(number => _world.AddDownload(number, DownloadStatus.Pending).Id).ToList();
        var page = _world.Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[data-drag-handle]").Count));
        var waiting = page.FindComponents<QueueSection>().Single(section => section.Instance.Name == "Waiting").Instance;

        await page.InvokeAsync(() => waiting.KeyAsync(ids[2].ToString(), "Up"));

        Assert.Equal([ids[0], ids[2], ids[1]], Waiting(page));
        Assert.Equal("Mondlotse S01E03 is now number 2 of 3.", page.FindComponent<QueueVoice>().Find("p").TextContent);
        await page.InvokeAsync(() => waiting.DroppedAsync(ids[2].ToString(), 0));
        _world.Eventually(() => Assert.Equal([ids[2], ids[0], ids[1]], Waiting(page)));
        await page.InvokeAsync(() => waiting.KeyAsync(ids[2].ToString(), "Bottom"));
        _world.Eventually(() => Assert.Equal([ids[0], ids[1], ids[2]], Waiting(page)));
        using var database = _world.Database();
        Assert.Equal([ids[0], ids[1], ids[2]], database.Downloads.OrderBy(item => item.Position).Select(item => item.Id));
    }

    [Fact]
    public void Selected_downloads_are_removed_together_and_undo_is_offered()
    {
        for (var number = 1; number <= 4; number++)
        {
            _world.AddDownload(number, DownloadStatus.Pending);
        }

        var page = _world.Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("li .queue-select").Count));
        page.FindAll("li .queue-select")[0].Click();
        page.FindAll("li .queue-select")[2].Click(new MouseEventArgs { ShiftKey = true });
        Assert.Contains("3 downloads selected", page.Find(".selection-count").TextContent, StringComparison.Ordinal);

        page.FindAll(".selection-bar button").Single(button => button.TextContent.Contains("Remove", StringComparison.Ordinal)).Click();

        _world.Eventually(() => Assert.Single(page.FindAll(".queue-row")));
        Assert.Empty(page.FindAll(".selection-bar"));
        var undo = _world.Services.GetRequiredService<ISnackbar>().ShownSnackbars.Single();
        Assert.Equal("3 downloads were removed from the queue.", undo.Message);
        using (var database = _world.Database())
        {
            Assert.Single(database.Downloads);
        }
    }

    [Fact]
    public void Why_a_download_waits_is_said_from_what_is_known()
    {
        var board = new QueueBoard();
        var now = _world.Time.GetUtcNow();
        var running = Enumerable.Range(1, 3).Select(number => _world.AddDownload(number, DownloadStatus.Downloading)).ToList();
        var full = _world.AddDownload(4, DownloadStatus.Pending, item => (item.Error, item.NextRetryAt) = ("disk_full: x", now.AddMinutes(5)));
        var failed = _world.AddDownload(5, DownloadStatus.Pending, item => (item.Error, item.NextRetryAt, item.RetryCount) = ("timeout: x", now.AddMinutes(5), 2));
        var rests = _world.AddDownload(6, DownloadStatus.Pending, item => (item.Error, item.NextRetryAt) = ("http_503: x", now.AddMinutes(5)));
        var paused = _world.AddDownload(7, DownloadStatus.Paused, item => item.PausedByUser = true);
        var last = _world.AddDownload(8, DownloadStatus.Pending);
        var state = new QueueState(true, false, [.. running, paused], [full, failed, rests, last], [], [], board.Statistics);
        board.Load(state, _ => null);
        var reasons = new WaitReason(5, 3, new SpeedLimit(2, null), now, TimeZoneInfo.Utc);

        Assert.StartsWith("There is too little space", reasons.Of(board.Find(full.Id)!, board), StringComparison.Ordinal);
        Assert.EndsWith("12:05.", reasons.Of(board.Find(full.Id)!, board), StringComparison.Ordinal);
        Assert.Equal("It failed 2 of 5 times and is tried again at 12:05.", reasons.Of(board.Find(failed.Id)!, board));
        Assert.Contains("is left alone until 12:05", reasons.Of(board.Find(rests.Id)!, board), StringComparison.Ordinal);
        Assert.Equal("You paused it. It goes on when you resume it.", reasons.Of(board.Find(paused.Id)!, board));
        Assert.Equal(
            "3 downloads run, which is as many as may at once. 3 others come before it. The speed limit of 2 MiB/s makes it take longer.",
            reasons.Of(board.Find(last.Id)!, board));
        board.Load(state with { IsRunning = false }, _ => null);
        Assert.StartsWith("The queue is stopped", reasons.Of(board.Find(last.Id)!, board), StringComparison.Ordinal);
    }

    [Fact]
    public void A_click_on_why_opens_the_answer_and_another_closes_it()
    {
        _world.AddDownload(1, DownloadStatus.Paused, item => item.PausedByUser = true);
        var page = _world.Render<QueuePage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".text-button")));

        page.Find(".text-button").Click();
        Assert.Equal("You paused it. It goes on when you resume it.", page.Find(".queue-why").TextContent);
        Assert.Equal("true", page.Find(".text-button").GetAttribute("aria-expanded"));

        page.Find(".text-button").Click();
        Assert.Empty(page.FindAll(".queue-why"));
    }

    [Fact]
    public void In_German_the_page_speaks_German()
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo("de");
        try
        {
            _world.AddDownload(1, DownloadStatus.Failed, item => item.Error = "disk_full: There is not enough free space.");

            var page = _world.Render<QueuePage>();

            page.WaitForAssertion(() => Assert.NotNull(page.Find("section[aria-label=Fehlgeschlagen]")));
            Assert.Contains("Die Platte ist voll.", page.Find(".queue-error").TextContent, StringComparison.Ordinal);
            Assert.Equal("Warteschlange", page.Find("h1").TextContent);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static IEnumerable<Guid> Waiting(IRenderedComponent<QueuePage> page) =>
        page.FindAll("[data-section=Waiting] [data-drag-id]").Select(row => Guid.Parse(row.GetAttribute("data-drag-id")!));

    private static DownloadProgressed Progress(DownloadQueueItem item, double percent) => new(
        item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number, DownloadPhase.Downloading, percent, (long)percent << 20, 100 << 20,
        2 << 20, TimeSpan.FromSeconds(30));
}

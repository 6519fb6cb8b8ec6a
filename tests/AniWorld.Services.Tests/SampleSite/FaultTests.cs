using System.IO.Compression;
using System.Net;
using System.Text.Json;
using AniWorld.SampleSite.Faults;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class FaultTests : SampleSiteTest
{
    private Uri File => FileAt("Rangeo");

    private long Length => Site.ClipOf(Series, 1, 1, "Rangeo").Length;

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_error_comes_the_next_two_times_with_its_retry_after(int status)
    {
        Site.Faults.Add(new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = status, RetryAfter = 7, Times = 2 });

        using var first = await GetAsync(File);
        using var elsewhere = await GetAsync(FileAt("Plainfile"));
        using var second = await GetAsync(File);
        using var third = await GetAsync(File);

        Assert.Equal([status, status, 200, 200], new[] { first, second, third, elsewhere }.Select(answer => (int)answer.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(7), first.Headers.RetryAfter!.Delta);
        Assert.Empty(Site.Faults.Active);
    }

    [Fact]
    public async Task Skipped_requests_are_let_through_first()
    {
        Site.Faults.Add(new Fault(FaultKind.Status) { Path = "/hoster/rangeo/", Skip = 1, Times = 1 });

        using var first = await GetAsync(File);
        using var second = await GetAsync(File);
        using var third = await GetAsync(File);

        Assert.Equal([200, 500, 200], new[] { first, second, third }.Select(answer => (int)answer.StatusCode));
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Cut)]
    public async Task A_broken_body_announces_all_and_gives_part(FaultKind kind)
    {
        Site.Faults.Add(new Fault(kind) { Hoster = "Rangeo", Bytes = 5000, Times = 1 });

        using var answer = await GetAsync(File);
        var (received, failure) = await ReadAsync(answer);

        Assert.Equal(Length, answer.Content.Headers.ContentLength);
        Assert.NotNull(failure);
        Assert.Equal(Site.ClipOf(Series, 1, 1, "Rangeo").ReadAll()[..received.Length], received);
        Assert.InRange(received.Length, 0, 5000);
        Assert.Equal(Length, (await Client.GetByteArrayAsync(File, Cancellation)).Length);
    }

    [Fact]
    public async Task A_shorter_file_is_complete_in_itself()
    {
        Site.Faults.Add(new Fault(FaultKind.Shorten) { Hoster = "Rangeo", Bytes = 5000 });

        using var answer = await GetAsync(File);
        var (received, failure) = await ReadAsync(answer);

        Assert.Null(failure);
        Assert.Equal(5000, answer.Content.Headers.ContentLength);
        Assert.Equal(5000, received.Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5000L)]
    public async Task A_body_without_length_ends_without_a_sign(long? bytes)
    {
        Site.Faults.Add(new Fault(FaultKind.NoLength) { Hoster = "Rangeo", Bytes = bytes });

        using var answer = await GetAsync(File);
        var (received, failure) = await ReadAsync(answer);

        Assert.Null(failure);
        Assert.Null(answer.Content.Headers.ContentLength);
        Assert.Equal(bytes ?? Length, received.Length);
    }

    [Fact]
    public async Task A_stalled_body_stays_open_until_the_client_leaves()
    {
        Site.Faults.Add(new Fault(FaultKind.Stall) { Hoster = "Rangeo", Bytes = 5000 });
        using var answer = await GetAsync(File);
        var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[5000], Cancellation);

        var next = body.ReadAsync(new byte[1], Cancellation).AsTask();

        Assert.False(next.IsCompleted);
        Assert.Null(Assert.Single(Site.Requests.All).EndedAt);
        answer.Dispose();
        await Site.Requests.WaitForAsync(request => request.EndedAt is not null, Cancellation);
    }

    [Fact]
    public async Task A_hanging_answer_does_not_hold_back_the_end_of_the_site()
    {
        Site.Faults.Add(new Fault(FaultKind.Hang) { Hoster = "Rangeo" });
        var answer = GetAsync(File);
        await Site.Requests.WaitForAsync(request => request.Status is null, Cancellation);

        await Site.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
    }

    [Theory]
    [InlineData(null, "text/html")]
    [InlineData("video/mp4", "video/mp4")]
    public async Task A_page_can_stand_in_for_media(string? asked, string expected)
    {
        Site.Faults.Add(new Fault(FaultKind.Html) { Hoster = "Rangeo", ContentType = asked });

        using var answer = await GetAsync(File);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!DOCTYPE html>", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_loop_leads_back_to_itself()
    {
        Site.Faults.Add(new Fault(FaultKind.RedirectLoop) { Path = "/redirect/" });
        var link = Site.LinkOf(Series, 1, 1, "Rangeo");

        using var answer = await GetAsync(link);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(link.AbsolutePath, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_range_can_be_ignored_or_answered_with_another()
    {
        Site.Faults.Add(new Fault(FaultKind.IgnoreRange) { Hoster = "Rangeo", Times = 1 });
        Site.Faults.Add(new Fault(FaultKind.WrongRange) { Hoster = "Rangeo", Bytes = 50, Times = 1 });

        using var whole = await GetAsync(File);
        using var ignored = await GetAsync(File, "bytes=100-199");
        using var shifted = await GetAsync(File, "bytes=100-199");

        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ignored.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, shifted.StatusCode);
        Assert.Equal(150, shifted.Content.Headers.ContentRange!.From);
    }

    [Fact]
    public async Task A_changed_file_has_another_tag_length_and_content()
    {
        using var before = await GetAsync(File);
        Site.Faults.Add(new Fault(FaultKind.Changed) { Hoster = "Rangeo" });

        using var after = await GetAsync(File);

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.NotEqual(before.Content.Headers.ContentLength, after.Content.Headers.ContentLength);
        Assert.Equal(Site.ClipOf(Series, 1, 1, "Rangeo", revision: 1).ReadAll(), await after.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("", ".series-title, .seriesCoverBox, #stream, .seasonEpisodesList, [data-full-description], [itemprop=numberOfSeasons], [itemprop=startDate], [data-src], .flag, .icon")]
    [InlineData("/staffel-1/episode-1", ".episodeGermanTitle, li[class^=episodeLink], [data-lang-key], [data-link-target], a.watchEpisode, h4")]
    public async Task A_redesigned_page_has_none_of_the_nodes(string path, string selectors)
    {
        Site.Faults.Add(new Fault(FaultKind.Layout) { Path = "/anime/", Times = 1 });

        var redesigned = await PageAsync($"/anime/stream/{Series}{path}");
        var usual = await PageAsync($"/anime/stream/{Series}{path}");

        Assert.Empty(redesigned.QuerySelectorAll(selectors));
        Assert.NotEmpty(usual.QuerySelectorAll(selectors));
    }

    [Fact]
    public async Task The_search_can_come_escaped_as_a_whole()
    {
        Site.Faults.Add(new Fault(FaultKind.EscapedJson) { Path = "/ajax/" });

        var text = await Client.GetStringAsync(new Uri("/ajax/seriesSearch?keyword=drei", UriKind.Relative), Cancellation);

        Assert.StartsWith("[{&quot;name&quot;", text, StringComparison.Ordinal);
        Assert.Equal("drei-zungen", JsonDocument.Parse(WebUtility.HtmlDecode(text)).RootElement[0].GetProperty("link").GetString());
    }

    [Fact]
    public async Task A_gzip_bomb_unpacks_to_what_was_asked_for()
    {
        Site.Faults.Add(new Fault(FaultKind.GzipBomb) { Path = "/anime/", Bytes = 20 << 20 });

        using var answer = await GetAsync(new Uri(Site.BaseAddress, "/anime/stream/con"));
        await using var body = new GZipStream(await answer.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);

        using var unpacked = new MemoryStream();
        await body.CopyToAsync(unpacked, Cancellation);
        Assert.Equal(20 << 20, unpacked.Length);
        Assert.InRange(Site.Requests.All[0].BytesSent, 1, 1 << 20);
    }

    private static async Task<(byte[] Received, Exception? Failure)> ReadAsync(HttpResponseMessage answer)
    {
        using var received = new MemoryStream();
        try
        {
            await (await answer.Content.ReadAsStreamAsync(Cancellation)).CopyToAsync(received, Cancellation);
            return (received.ToArray(), null);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return (received.ToArray(), e);
        }
    }
}

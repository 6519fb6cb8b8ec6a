using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using AngleSharp.Html.Parser;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class HosterTests : SampleSiteTest
{
    [Fact]
    public async Task Each_link_of_an_episode_page_leads_to_its_hoster()
    {
        var page = await PageAsync($"/anime/stream/{Series}/staffel-1/episode-1");
        foreach (var item in page.QuerySelectorAll("li[class^=episodeLink]"))
        {
            using var answer = await GetAsync(new Uri(Site.BaseAddress, item.GetAttribute("data-link-target")));

            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            var hoster = item.QuerySelector("h4")!.TextContent.ToLowerInvariant();
            Assert.StartsWith($"/hoster/{hoster}/{Series}/1/1/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Rangeo")]
    [InlineData("Plainfile")]
    public async Task A_file_is_the_one_that_is_expected(string hoster)
    {
        var bytes = await Client.GetByteArrayAsync(FileAt(hoster), Cancellation);

        Assert.Equal(Site.ClipOf(Series, 1, 1, hoster).Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void No_two_videos_are_alike()
    {
        var episodes = Enumerable.Range(1, 500).Select(episode => Site.ClipOf("chronik-der-tausend-boten", 1, episode, "Rangeo").Sha256);
        string?[] languages = ["de-dub", "de-sub", "en-sub"];
        var others = languages.Select(language => Site.ClipOf(Series, 1, 1, "Rangeo", language).Sha256);

        Assert.Distinct(episodes.Concat(others).Append(Site.ClipOf(Series, 1, 1, "Rangeo", revision: 1).Sha256));
    }

    [Fact]
    public async Task Rangeo_serves_ranges_with_validators()
    {
        using var answer = await GetAsync(FileAt("Rangeo"), "bytes=1000-1999");

        var file = Site.ClipOf(Series, 1, 1, "Rangeo");
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(1000, 1999, file.Length), answer.Content.Headers.ContentRange);
        Assert.NotNull(answer.Headers.ETag);
        Assert.NotNull(answer.Content.Headers.LastModified);
        Assert.Equal(file.Read(1000, 1000), await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Rangeo_refuses_a_range_past_the_end()
    {
        using var answer = await GetAsync(FileAt("Rangeo"), "bytes=99999999-");

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
    }

    [Fact]
    public async Task Rangeo_answers_whole_when_the_file_is_no_longer_the_same()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, FileAt("Rangeo"));
        request.Headers.Range = new RangeHeaderValue(10, null);
        request.Headers.IfRange = new RangeConditionHeaderValue("\"another\"");

        using var answer = await Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Plainfile_knows_no_ranges()
    {
        using var answer = await GetAsync(FileAt("Plainfile"), "bytes=1000-1999");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(answer.Headers.AcceptRanges);
        Assert.Null(answer.Headers.ETag);
        Assert.Equal(Site.ClipOf(Series, 1, 1, "Plainfile").Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Embedo_shows_a_player_with_the_file()
    {
        var address = FileAt("Embedo");
        var page = new HtmlParser().ParseDocument(await Client.GetStringAsync(address, Cancellation));

        var source = new Uri(address, page.QuerySelector("video source")!.GetAttribute("src"));
        var bytes = await Client.GetByteArrayAsync(source, Cancellation);
        Assert.Equal(Site.ClipOf(Series, 1, 1, "Embedo").ReadAll(), bytes);
    }

    [Fact]
    public async Task Streamly_has_two_variants_whose_segments_make_up_the_file()
    {
        var master = await LinesAsync(FileAt("Streamly"));
        var variants = master.Where(line => !line.StartsWith('#')).Select(line => new Uri(FileAt("Streamly"), line)).ToList();
        Assert.Equal(2, variants.Count);

        using var joined = new MemoryStream();
        foreach (var segment in (await LinesAsync(variants[1])).Where(line => !line.StartsWith('#')))
        {
            joined.Write(await Client.GetByteArrayAsync(new Uri(variants[1], segment), Cancellation));
        }

        Assert.Equal(Site.ClipOf(Series, 1, 1, "Streamly").ReadAll(), joined.ToArray());
    }

    [Fact]
    public async Task Cryptix_changes_its_key_once_and_gives_the_first_no_vector()
    {
        var variant = new Uri(FileAt("Cryptix"), "360p/index.m3u8");
        var lines = await LinesAsync(variant);
        using var joined = new MemoryStream();
        using var aes = Aes.Create();
        string? vector = null;
        var sequence = int.Parse(Value(lines, "#EXT-X-MEDIA-SEQUENCE:"), CultureInfo.InvariantCulture);
        foreach (var line in lines)
        {
            if (line.StartsWith("#EXT-X-KEY:METHOD=AES-128", StringComparison.Ordinal))
            {
                aes.Key = await Client.GetByteArrayAsync(new Uri(variant, line.Split('"')[1]), Cancellation);
                vector = line.Contains("IV=0x", StringComparison.Ordinal) ? line.Split("IV=0x")[1] : null;
            }
            else if (!line.StartsWith('#'))
            {
                var segment = await Client.GetByteArrayAsync(new Uri(variant, line), Cancellation);
                joined.Write(aes.DecryptCbc(segment, Convert.FromHexString(vector ?? sequence.ToString("x32", CultureInfo.InvariantCulture))));
                sequence++;
            }
        }

        Assert.Equal(2, lines.Count(line => line.StartsWith("#EXT-X-KEY", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.Contains(",IV=", StringComparison.Ordinal));
        Assert.Equal(Site.ClipOf(Series, 1, 1, "Cryptix").ReadAll(), joined.ToArray());
    }

    [Theory]
    [InlineData("nebelfahrt-nach-morgen/1/6/de-dub")]
    [InlineData("nebelfahrt-nach-morgen/1/5/de-dub")]
    [InlineData("no-such-series/1/1/de-dub")]
    [InlineData("kurz-und-knapp/1/one/de-dub")]
    public async Task A_video_that_is_not_offered_is_not_there(string video)
    {
        using var answer = await GetAsync(new Uri(Site.BaseAddress, $"/hoster/rangeo/{video}/video.mp4"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<string[]> LinesAsync(Uri playlist) =>
        (await Client.GetStringAsync(playlist, Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Value(string[] lines, string tag) => lines.Single(line => line.StartsWith(tag, StringComparison.Ordinal))[tag.Length..];
}

using AngleSharp.Html.Parser;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.StreamResolution;

public sealed class EmbedDocumentTests
{
    [Theory]
    [InlineData("<video src='/v.mp4'></video>", "https://h.example/v.mp4")]
    [InlineData("<video><source src='../v.m3u8' type='application/x-mpegURL'></video>", "https://h.example/v.m3u8")]
    [InlineData("<base href='/media/'><video src='v.mp4'></video>", "https://h.example/media/v.mp4")]
    [InlineData("<meta property='og:video' content='//cdn.example/v.mp4'>", "https://cdn.example/v.mp4")]
    [InlineData("<meta property='og:video:url' content='https://cdn.example/v'>", "https://cdn.example/v")]
    [InlineData("<script type='application/ld+json'>{\"@graph\":[{\"@type\":[\"Thing\",\"VideoObject\"],\"contentUrl\":\"/v.mp4\"}]}</script>", "https://h.example/v.mp4")]
    [InlineData("<script>player({file: \"https:\\/\\/cdn.example\\/m.m3u8?a=1\\u0026b=2\"})</script>", "https://cdn.example/m.m3u8?a=1&b=2")]
    [InlineData("<script>var x = '/hls/master.m3u8'</script>", "https://h.example/hls/master.m3u8")]
    public void Media_named_in_the_open_is_found(string html, string address) => Assert.Equal([new Uri(address)], Page(html).Media);

    [Theory]
    [InlineData("<video src='javascript:alert(1)'></video>")]
    [InlineData("<video src='file:///etc/passwd'></video>")]
    [InlineData("<video src='data:video/mp4;base64,AAAA'></video><video src='blob:https://h.example/1'></video>")]
    [InlineData("<script type='application/ld+json'>{broken</script>")]
    [InlineData("<script type='application/ld+json'>[1, {\"@type\": 5}, null]</script>")]
    [InlineData("<script>eval(atob('aHR0cHM6Ly9jZG4uZXhhbXBsZS92Lm1wNA=='))</script>")]
    [InlineData("")]
    public void Nothing_else_is(string html) => Assert.Empty(Page(html).Media);

    [Fact]
    public void Frames_are_pages_to_follow() => Assert.Equal(
        [new Uri("https://e.example/1"), new Uri("https://h.example/e/2")],
        Page("<iframe src='//e.example/1'></iframe><script type='application/ld+json'>{\"@type\":\"VideoObject\",\"embedUrl\":\"2\"}</script><iframe></iframe>").Frames);

    [Fact]
    public void Of_thousands_of_addresses_in_scripts_a_few_are_taken()
    {
        var script = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"'/v{i}.mp4',"));

        Assert.Equal(8, Page($"<script>{script}</script>").Media.Count());
    }

    private static EmbedDocument Page(string html) => new(new HtmlParser().ParseDocument(html), new Uri("https://h.example/e/1"));
}

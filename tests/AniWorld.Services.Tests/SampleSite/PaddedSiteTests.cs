using System.Net;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Media;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class PaddedSiteTests : SampleSiteTest
{
    private const long ThreeGibibytes = 3L << 30;

    protected override SampleSiteOptions Options => new() { PadTo = ThreeGibibytes };

    [Fact]
    public async Task A_range_of_a_huge_file_comes_at_once()
    {
        using var answer = await GetAsync(FileAt("Rangeo"), "bytes=2999999999-3000000999");

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(ThreeGibibytes, answer.Content.Headers.ContentRange!.Length);
        Assert.Equal(Site.ClipOf(Series, 1, 1, "Rangeo").Read(2_999_999_999, 1001), await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Players_still_take_it() => await Ffprobe.AssertPlayableAsync(FileAt("Rangeo").ToString());

    [Fact]
    public void Filler_is_the_same_however_it_is_read()
    {
        var filler = new FillerPart(1000, "seed");
        var whole = new byte[1000];
        filler.Read(0, whole);

        for (var offset = 0; offset < 40; offset++)
        {
            for (var length = 0; length < 40; length++)
            {
                var piece = new byte[length];
                filler.Read(offset, piece);
                Assert.Equal(whole[offset..(offset + length)], piece);
            }
        }
    }
}

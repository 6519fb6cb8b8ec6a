namespace AniWorld.Services.Tests.SampleSite;

public sealed class PlayableMediaTests : SampleSiteTest
{
    [Theory]
    [InlineData("Rangeo", 1)]
    [InlineData("Rangeo", 2)]
    [InlineData("Rangeo", 3)]
    [InlineData("Plainfile", 1)]
    [InlineData("Streamly", 1)]
    [InlineData("Cryptix", 1)]
    public async Task Ffprobe_accepts_what_a_hoster_serves(string hoster, int episode) =>
        await Ffprobe.AssertPlayableAsync(Site.EntryOf(Series, 1, episode, hoster).ToString());

    [Theory]
    [InlineData("Embedo", "mp4")]
    [InlineData("Streamly", "ts")]
    [InlineData("Cryptix", "ts")]
    public async Task Ffprobe_accepts_the_file_that_a_download_should_equal(string hoster, string extension)
    {
        var path = Path.Combine(Path.GetTempPath(), $"sample-{Guid.NewGuid():N}.{extension}");
        try
        {
            await File.WriteAllBytesAsync(path, Site.ClipOf(Series, 1, 1, hoster).ReadAll(), Cancellation);
            await Ffprobe.AssertPlayableAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

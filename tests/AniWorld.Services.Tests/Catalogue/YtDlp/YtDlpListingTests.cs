using System.Text.Json;
using AniWorld.Services.Catalogue.YtDlp;

namespace AniWorld.Services.Tests.Catalogue.YtDlp;

/// <summary>Answers as yt-dlp gives them, shortened.</summary>
public sealed class YtDlpListingTests
{
    [Fact]
    public void A_playlist_counts_its_videos_and_leaves_out_none_that_is_private()
    {
        var list = Read("""
            {"_type": "playlist", "id": "PL1", "title": "Mondlotse  [German Dub]", "description": "Alle Folgen", "entries": [
              {"_type": "url", "ie_key": "Youtube", "title": "Ankunft", "url": "https://www.youtube.com/watch?v=a"},
              {"_type": "url", "ie_key": "Youtube", "title": "[Private video]", "url": "https://www.youtube.com/watch?v=b"},
              {"_type": "url", "ie_key": "Youtube", "title": "Abreise", "url": "https://www.youtube.com/watch?v=c"}]}
            """);

        Assert.Equal(("Mondlotse [German Dub]", "Alle Folgen"), (list.Title, list.Description));
        Assert.Empty(list.Lists);
        Assert.Equal([(1, "youtube"), (2, "youtube"), (3, "youtube")], list.Videos.Select(video => (video.Number, video.Hoster)));
        Assert.Null(list.Videos[1].Link);
        Assert.Equal("https://www.youtube.com/watch?v=c", list.Videos[2].Link!.AbsoluteUri);
    }

    [Theory]
    [InlineData("Mondlotse Folge 3", "Mondlotse Folge 1", 3, 1)]
    [InlineData("Moon Pilot - Episode 12 (EngSub)", "Moon Pilot - Episode 4 (EngSub)", 12, 4)]
    [InlineData("S02E07 Ende", "S02E06 Mitte", 7, 6)]
    [InlineData("Moon #10", "Moon #9", 10, 9)]
    [InlineData("月 第2話", "月 第1話", 2, 1)]
    [InlineData("Episode 1", "Episode 1", 1, 2)]
    [InlineData("Episode 5", "Trailer", 1, 2)]
    public void Numbers_in_titles_count_when_every_title_has_its_own(string first, string second, int firstNumber, int secondNumber)
    {
        var list = Read($$"""
            {"_type": "playlist", "entries": [
              {"_type": "url", "title": "{{first}}", "url": "https://v.example/first"}, {"_type": "url", "title": "{{second}}", "url": "https://v.example/second"}]}
            """);

        Assert.Equal(firstNumber, list.Videos.Single(video => video.Link!.AbsolutePath == "/first").Number);
        Assert.Equal(secondNumber, list.Videos.Single(video => video.Link!.AbsolutePath == "/second").Number);
    }

    [Fact]
    public void A_channel_that_lists_the_newest_first_is_counted_from_the_oldest()
    {
        var list = Read("""
            {"_type": "playlist", "webpage_url": "https://www.youtube.com/@x/videos", "entries": [
              {"_type": "url", "title": "new", "url": "https://v.example/new"}, {"_type": "url", "title": "old", "url": "https://v.example/old"}]}
            """);

        Assert.Equal(["old", "new"], list.Videos.Select(video => video.Title));
    }

    [Fact]
    public void The_playlists_of_a_channel_are_lists_of_their_own()
    {
        var channel = Read("""
            {"_type": "playlist", "title": "Channel", "entries": [
              {"_type": "url", "ie_key": "YoutubeTab", "title": "Staffel 1", "url": "https://www.youtube.com/playlist?list=PL1"},
              {"_type": "playlist", "title": "Staffel 2", "entries": [{"_type": "url", "title": "x", "url": "https://v.example/x"}]}]}
            """);

        Assert.Equal([false, true], channel.Lists.Select(list => list.IsWhole));
        Assert.Equal("https://www.youtube.com/playlist?list=PL1", channel.Lists[0].Address.AbsoluteUri);
        Assert.Single(channel.Lists[1].Videos);
    }

    [Fact]
    public void A_single_video_is_a_season_of_one() =>
        Assert.Equal("https://v.example/list", Assert.Single(Read("""{"title": "Film", "url": "https://cdn.example/film.mp4", "webpage_url": "https://v.example/list"}""").Videos).Link!.AbsoluteUri);

    [Theory]
    [InlineData("""{"_type": "playlist", "entries": [{"title": "x", "url": "file:///etc/passwd"}, 5, null, {"title": "y", "url": "javascript:alert(1)"}]}""")]
    [InlineData("""{"_type": "playlist", "entries": [{"title": {"a": 1}, "url": 7}]}""")]
    public void What_is_no_web_address_is_never_a_link(string answer) => Assert.All(Read(answer).Videos, video => Assert.Null(video.Link));

    [Theory]
    [InlineData("Mondlotse Folge 1 [GerDub]", "de-dub")]
    [InlineData("Mondlotse Folge 1 (Deutsch)", "de-dub")]
    [InlineData("Mondlotse 1 (OmU)", "de-sub")]
    [InlineData("Moon Pilot Ep 1 English Dubbed", "en-dub")]
    [InlineData("Moon Pilot Ep 1 [ENG SUB]", "en-sub")]
    [InlineData("Submarine 1", null)]
    public void A_title_may_say_its_language(string title, string? language) => Assert.Equal(language, TitleLanguage.Of(title)?.Code);

    private static YtDlpListing Read(string answer) => new(JsonDocument.Parse(answer).RootElement, new Uri("https://v.example/list"));
}

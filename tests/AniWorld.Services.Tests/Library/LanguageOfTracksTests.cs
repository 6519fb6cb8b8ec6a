using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class LanguageOfTracksTests
{
    private static readonly LanguageProfile Profile =
        new() { Name = "mine", Order = ["en-dub", "de-dub", "de-sub", "fr-dub"], Cutoff = "de-dub" };

    /// <param name="sound">Tags with a space between them; <c>-</c> for a track without one.</param>
    [Theory]
    [InlineData("ger", "", "de-dub")]
    [InlineData("deu", "eng", "de-dub")]
    [InlineData("de-AT", "", "de-dub")]
    [InlineData("ENG", "", "en-dub")]
    [InlineData("jpn ger", "ger", "de-dub")]
    [InlineData("ger -", "", "de-dub")]
    [InlineData("ger eng", "", "en-dub")]
    [InlineData("fre", "", "fr-dub")]
    [InlineData("jpn", "ger", "de-sub")]
    [InlineData("ja", "ger deu", "de-sub")]
    [InlineData("jpn", "fra", "fr-sub")]
    public void Tracks_that_say_it_are_believed(string sound, string subtitles, string expected) => Assert.Equal(expected, Of(sound, subtitles));

    [Theory]
    [InlineData("", "")]
    [InlineData("-", "ger")]
    [InlineData("und", "ger")]
    [InlineData("jpn", "")]
    [InlineData("jpn", "ger eng")]
    [InlineData("jpn", "ger -")]
    [InlineData("jpn", "jpn")]
    [InlineData("jpn -", "ger")]
    [InlineData("jpn swe", "ger")]
    [InlineData("chi", "ger")]
    [InlineData("chi kor", "")]
    public void Tracks_that_leave_it_open_are_not(string sound, string subtitles) => Assert.Equal("unknown", Of(sound, subtitles));

    private static string Of(string sound, string subtitles) => LanguageOfTracks.Of(new MediaTracks(Tags(sound), Tags(subtitles)), Profile).Code;

    private static List<string?> Tags(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(tag => tag == "-" ? null : tag)];
}

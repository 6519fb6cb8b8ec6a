using AniWorld.Services.Library;
using CsCheck;

namespace AniWorld.Services.Tests.Library;

public sealed class TitleMatchTests
{
    [Theory]
    [InlineData("Attack on Titan", "attack on titan")]
    [InlineData("Fate/Zero", "Fate-Zero")]
    [InlineData("Über die Brücke", "Ueber die Bruecke")]
    [InlineData("Ube\u0308r", "Ubër")]
    [InlineData("Shōnen", "Shonen")]
    [InlineData("Tom & Jerry", "Tom and Jerry")]
    [InlineData("Hell's Paradise", "Hells Paradise")]
    [InlineData("Full Metal", "Fullmetal")]
    [InlineData("Steins;Gate", "Steins Gate")]
    public void Spellings_of_one_title_are_the_same(string first, string second) =>
        Assert.InRange(TitleMatch.Score(first, second), TitleMatch.Same, 1);

    [Theory]
    [InlineData("Mob Psycho 100", "Mob Psycho 200")]
    [InlineData("Overlord", "Overlord II")]
    [InlineData("Title", "Title 2")]
    [InlineData("Naruto", "Boruto")]
    [InlineData("", "x")]
    [InlineData("!!!", "???")]
    public void Other_titles_are_not(string first, string second) => Assert.InRange(TitleMatch.Score(first, second), 0, 0.7);

    [Fact]
    public void Any_two_texts_have_a_score_whichever_comes_first() => Gen.Select(Gen.String, Gen.String).Sample((a, b) =>
    {
        Assert.InRange(TitleMatch.Score(a, b), 0, 1);
        Assert.Equal(TitleMatch.Score(a, b), TitleMatch.Score(b, a));
    }, iter: 2_000);

    [Fact]
    public void A_series_finds_the_folder_it_has_already()
    {
        string[] folders = ["Naruto", "Attack On Titan (2013)", "attack_on_titan (2022)", "Attack on Titan Junior"];

        Assert.Equal("Attack On Titan (2013)", TitleMatch.BestFolder("Attack on Titan", 2013, folders));
        Assert.Null(TitleMatch.BestFolder("Attack on Titan", null, folders));
        Assert.Equal("Naruto", TitleMatch.BestFolder("NARUTO", 2002, folders));
        Assert.Null(TitleMatch.BestFolder("One Piece", null, folders));
    }
}

using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class FolderGuessTests
{
    [Theory]
    [InlineData("Attack on Titan (2013)", "Attack on Titan", 2013)]
    [InlineData("Attack on Titan", "Attack on Titan", null)]
    [InlineData("[Group] Title 1080p", "Title", null)]
    [InlineData("[Group] Title (2019) [BD 1080p]", "Title", 2019)]
    [InlineData("Some.Title.S01.German.DL.1080p.WEB.x264-GROUP", "Some Title", null)]
    [InlineData("Some.Title.2015.1080p.BluRay", "Some Title", 2015)]
    [InlineData("Some Title Season 2", "Some Title", null)]
    [InlineData("Some Title 2nd Season", "Some Title", null)]
    [InlineData("Some_Title_-_Complete", "Some Title", null)]
    [InlineData("91 Days", "91 Days", null)]
    [InlineData("Mob Psycho 100", "Mob Psycho 100", null)]
    [InlineData("86", "86", null)]
    [InlineData("2049", "2049", null)]
    [InlineData("[Group]", "[Group]", null)]
    public void A_folder_says_name_and_year(string folder, string name, int? year) =>
        Assert.Equal(new FolderGuess(name, year), FolderGuess.From(folder));
}

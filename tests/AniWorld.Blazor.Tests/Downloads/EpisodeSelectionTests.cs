using AniWorld.Blazor.Downloads;

namespace AniWorld.Blazor.Tests.Downloads;

public sealed class EpisodeSelectionTests
{
    [Theory]
    [InlineData("S01E02", "S01E02")]
    [InlineData("s1e2", "S01E02")]
    [InlineData("S00E01", "S00E01")]
    [InlineData("S01E02-E04", "S01E02 S01E03 S01E04")]
    [InlineData("S01E02-03", "S01E02 S01E03")]
    [InlineData("S01E02-E02", "S01E02")]
    public void Episodes_are_named_one_by_one_or_as_a_range(string text, string episodes) =>
        Assert.Equal(episodes, string.Join(' ', EpisodeSelection.Read(text)!));

    [Theory]
    [InlineData("")]
    [InlineData("S01")]
    [InlineData("E02")]
    [InlineData("S01E00")]
    [InlineData("S01E05-E02")]
    [InlineData("S01E01-E1001")]
    [InlineData("S01E02\n")]
    [InlineData("S99999999999E1")]
    [InlineData("S01E02-S02E03")]
    public void Anything_else_names_none(string text) => Assert.Null(EpisodeSelection.Read(text));
}

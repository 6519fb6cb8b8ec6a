using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("  a \n\t b ", "a b")]
    [InlineData("a\0b\u0007", "ab")]
    [InlineData("\u00a0 ", null)]
    [InlineData(null, null)]
    public void Blanks_are_joined_and_control_characters_dropped(string? text, string? clean) => Assert.Equal(clean, PlainText.Clean(text));

    [Theory]
    [InlineData("<em>At</em>tack &amp; &#8230; more", "Attack & … more")]
    [InlineData("a<br />b</p>c", "a b c")]
    [InlineData("1 < 2 and A <3 B", "1 < 2 and A <3 B")]
    [InlineData("<script>alert(1)</script>", "alert(1)")]
    [InlineData("&lt;b&gt;", "<b>")]
    public void Markup_becomes_text(string markup, string text) => Assert.Equal(text, PlainText.FromMarkup(markup));

    [Fact]
    public void An_endless_text_is_cut_at_a_character()
    {
        var text = PlainText.Clean(string.Concat(Enumerable.Repeat("😀", 100_000)))!;

        Assert.InRange(text.Length, 1, 20_001);
        Assert.False(char.IsHighSurrogate(text[^1]));
    }
}

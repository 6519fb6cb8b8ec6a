using System.Buffers;
using System.Text;
using AniWorld.Services.Library;
using CsCheck;

namespace AniWorld.Services.Tests.Library;

public sealed class SafeFileNameTests
{
    private static readonly SearchValues<char> Refused = SearchValues.Create("<>:\"/\\|?*\0\n\r\t");

    [Theory]
    [InlineData("../../etc/x", "etc-x")]
    [InlineData(@"..\..\x", "x")]
    [InlineData("/abs", "abs")]
    [InlineData(@"C:\x", "C--x")]
    [InlineData(@"\\host\x", "host-x")]
    [InlineData("a/b", "a-b")]
    [InlineData("a\0b", "ab")]
    [InlineData("a\nb", "a b")]
    [InlineData("Fate: Zero", "Fate - Zero")]
    [InlineData("Fate : Zero", "Fate - Zero")]
    [InlineData("Re:Zero", "Re-Zero")]
    [InlineData("Is it wrong?", "Is it wrong")]
    [InlineData("say \"hi\"", "say 'hi'")]
    [InlineData("<script>", "‹script›")]
    [InlineData("trailing dots...", "trailing dots")]
    [InlineData("trailing blanks  ", "trailing blanks")]
    [InlineData(".hidden", "hidden")]
    [InlineData("CON", "CON_")]
    [InlineData("aux.mp4", "aux_.mp4")]
    [InlineData("LPT1", "LPT1_")]
    [InlineData("com¹.txt", "com¹_.txt")]
    [InlineData("Console", "Console")]
    [InlineData("evil\u202Egpj.exe", "evilgpj.exe")]
    [InlineData("zero\u200Bwidth", "zerowidth")]
    [InlineData("non\u00A0breaking", "non breaking")]
    [InlineData("a\u2028b", "a b")]
    [InlineData("u\u0308ber", "über")]
    [InlineData("half \uD83D pair", "half pair")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    [InlineData("", "the-key")]
    [InlineData("   ", "the-key")]
    [InlineData("...", "the-key")]
    [InlineData("???", "the-key")]
    [InlineData("\u202E\u200B", "the-key")]
    public void Any_text_becomes_one_safe_name(string text, string expected) => Assert.Equal(expected, SafeFileName.From(text, "the-key"));

    [Fact]
    public void A_long_name_is_cut_between_two_characters()
    {
        var umlauts = SafeFileName.From(new string('ü', 300), "key");
        var families = SafeFileName.From(string.Concat(Enumerable.Repeat("👨‍👩‍👧", 50)), "key");

        Assert.Equal(254, Encoding.UTF8.GetByteCount(umlauts));
        Assert.Equal(string.Concat(Enumerable.Repeat("👨‍👩‍👧", 255 / 18)), families);
    }

    [Fact]
    public void Names_are_safe_whatever_the_text() => Gen.String.Sample(text =>
    {
        var name = SafeFileName.From(text, "key");
        Assert.NotEmpty(name);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
        Assert.True(!name.AsSpan().ContainsAny(Refused) && name.Trim() == name && !name.EndsWith('.') && !name.StartsWith('.'));
        Assert.Equal(name, SafeFileName.From(name, "key"));
        Assert.True(name.IsNormalized());
    }, iter: 5_000);

    [Theory]
    [InlineData("Attack on Titan (2013)", true)]
    [InlineData("../x", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData(".aniworld", false)]
    [InlineData("CON", false)]
    [InlineData("name.", false)]
    public void A_folder_that_a_user_names_is_held_to_the_same_rules(string folder, bool valid) =>
        Assert.Equal(valid, SafeFileName.Problem(folder) is null);
}

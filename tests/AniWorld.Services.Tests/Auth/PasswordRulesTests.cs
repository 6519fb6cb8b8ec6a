using AniWorld.Services.Auth;

namespace AniWorld.Services.Tests.Auth;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_password_has_8_to_128_characters(int length, bool isAccepted) =>
        Assert.Equal(isAccepted, PasswordRules.Objection(string.Concat(Enumerable.Repeat("äb", 65))[..length]) is null);

    [Fact]
    public void An_emoji_counts_as_one_character()
    {
        Assert.NotNull(PasswordRules.Objection(string.Concat(Enumerable.Repeat("🎬", 7))));
        Assert.Null(PasswordRules.Objection(string.Concat(Enumerable.Repeat("🎬", 128))));
    }

    [Theory]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("PASSWORD1")]
    [InlineData("sunshine")]
    [InlineData("iloveyou")]
    public void A_common_password_is_refused_in_any_case(string password) => Assert.NotNull(PasswordRules.Objection(password));

    [Fact]
    public void A_password_that_only_contains_a_common_one_is_fine()
    {
        Assert.Null(PasswordRules.Objection("sunshine over the old harbour"));
    }
}

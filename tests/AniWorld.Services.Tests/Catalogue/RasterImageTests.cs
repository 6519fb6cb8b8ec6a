using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class RasterImageTests
{
    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("89504E470D0A1A0A0000", "image/png")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("0000002066747970617669660000", "image/avif")]
    [InlineData("52494646000000004156492000", null)]
    [InlineData("0000002066747970697336", null)]
    [InlineData("3C737667", null)]
    [InlineData("", null)]
    public void The_first_bytes_tell_the_kind(string hex, string? type) => Assert.Equal(type, RasterImage.Of(Convert.FromHexString(hex))?.ContentType);
}

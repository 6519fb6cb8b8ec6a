using AniWorld.Services.Configuration;
using AniWorld.Services.Tests.Library;

namespace AniWorld.Services.Tests.Configuration;

public sealed class SecretValuesTests : IDisposable
{
    private readonly TemporaryLibrary _folders = new();

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData("token is T0k+en\"x/1 today")]
    [InlineData("""{"token":"T0k+en\"x/1"}""")]
    [InlineData("""{"token":"T0k\u002Ben\u0022x/1"}""")]
    [InlineData("?token=T0k%2Ben%22x%2F1&a=b")]
    public void A_token_is_taken_out_however_it_is_written(string text)
    {
        var cleaned = Values().RemoveFrom(text);

        Assert.Contains(SecretValues.Mask, cleaned, StringComparison.Ordinal);
        Assert.DoesNotContain("en", cleaned.Replace("token", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST https://hooks.example/services/abc/def", "hooks.example/services")]
    [InlineData("POST /services/abc/def refused", "/services/abc")]
    [InlineData("proxy http://joe:geheim@proxy.example:3128 is down", "joe:geheim")]
    [InlineData("with password geheim", "geheim")]
    [InlineData("with password Gehe!mnis", "Gehe!mnis")]
    public void An_address_is_taken_out_with_its_path_and_its_password(string text, string secret) =>
        Assert.DoesNotContain(secret, Values().RemoveFrom(text), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Keys_in_the_data_folder_are_taken_out()
    {
        Directory.CreateDirectory(_folders.Data.Keys);
        var key = Enumerable.Range(0, 32).Select(i => (byte)(i * 7)).ToArray();
        File.WriteAllBytes(Path.Join(_folders.Data.Keys, "jwt.key"), key);
        File.WriteAllText(Path.Join(_folders.Data.Keys, "cli.token"), "header.payload.signature\n");

        var cleaned = Values().RemoveFrom($"{Convert.ToBase64String(key)} {Convert.ToHexString(key)} header.payload.signature");

        Assert.Equal("******** ******** ********", cleaned);
    }

    [Theory]
    [InlineData("Downloaded Mondlotse - S01E01.mp4")]
    [InlineData("""{"api":"/api"}""")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, Values().RemoveFrom(text));

    private SecretValues Values() => SecretValues.Of(
        new AniWorldOptions
        {
            Network = new NetworkOptions { Proxy = "http://joe:geheim@proxy.example:3128" },
            Notifications =
            [
                new NotificationOptions { Name = "hook", Type = "webhook", Url = "https://hooks.example/services/abc/def", Token = "T0k+en\"x/1" },
                new NotificationOptions { Name = "kodi", Type = "kodi", Url = "http://tv.example/api", Password = "Gehe!mnis", Token = "api" },
            ],
        },
        _folders.Data);
}

using AniWorld.Blazor.Telemetry;

namespace AniWorld.Blazor.Tests.Telemetry;

public sealed class SecretsInTextTests
{
    [Theory]
    [InlineData("GET http://host/ws/connect?ticket=abc&x=1", "GET http://host/ws/connect?ticket=********&x=1")]
    [InlineData("/api/calendar.ics?a=1&key=aw_0123abcd_ffff", "/api/calendar.ics?a=1&key=********")]
    [InlineData("the key aw_0123abcd_00ff is unknown", "the key ******** is unknown")]
    [InlineData("X-Api-Key: abc", "X-Api-Key: ********")]
    [InlineData("Cookie: aniworld_session=x; other=y", "Cookie: ********")]
    [InlineData("bearer eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0.c2ln was refused", "bearer ******** was refused")]
    [InlineData("POST https://api.telegram.org/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz/sendMessage", "POST https://api.telegram.org/bot********/sendMessage")]
    [InlineData("https://discord.com/api/webhooks/123456789/aB-c_d refused", "https://discord.com/api/webhooks/123456789/******** refused")]
    [InlineData("/library/sections/all/refresh?X-Plex-Token=abc&a=b", "/library/sections/all/refresh?X-Plex-Token=********&a=b")]
    [InlineData("X-Gotify-Key: A.b", "X-Gotify-Key: ********")]
    [InlineData("with tk_abcdefghijklmnopqrstuvwxyz012 refused", "with ******** refused")]
    [InlineData("GET http://joe:ge:heim@proxy.example:3128/x refused", "GET http://********@proxy.example:3128/x refused")]
    [InlineData("smtps://me%40example.org:pw@mail.example:465", "smtps://********@mail.example:465")]
    [InlineData("/emby/Library/Refresh?api_key=abc", "/emby/Library/Refresh?api_key=********")]
    public void Secrets_are_masked_and_the_rest_stays(string text, string expected) => Assert.Equal(expected, SecretsInText.Clean(text));

    [Theory]
    [InlineData("Downloaded Naruto (2002)/Season 01/Naruto - S01E01 - Key [de-dub].mp4 (5 bytes) from Rangeo")]
    [InlineData("/api/anime/keyed-alchemist?monkey=1&page=2")]
    [InlineData("https://example.org/@somebody/video")]
    [InlineData("see http://example.org, or write to me@example.org")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, SecretsInText.Clean(text));
}

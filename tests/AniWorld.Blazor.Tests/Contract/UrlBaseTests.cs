using System.Net;
using System.Text.RegularExpressions;

namespace AniWorld.Blazor.Tests.Contract;

/// <summary>Everything below a path of its own, as behind a proxy that shares a host.</summary>
[Trait("Kind", "api")]
public sealed partial class UrlBaseTests
{
    private const string Root = "/tv/aniworld";

    [Fact]
    public async Task Log_in_pages_scripts_calls_and_the_cookie_stay_below_it()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--network.url_base", Root);
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = server.Http.BaseAddress };

        using var stranger = await browser.GetAsync(Root);
        Assert.StartsWith($"{Root}/login", stranger.Headers.Location?.OriginalString, StringComparison.Ordinal);

        await AssertLinksAsync(browser, await browser.GetStringAsync($"{Root}/login"), $"{Root}/");
        using var form = new FormUrlEncodedContent([new("password", AniWorldServer.Password), new("returnUrl", "/queue")]);
        using var login = await browser.PostAsync($"{Root}/login", form);
        Assert.Equal($"{Root}/queue", login.Headers.Location?.OriginalString);
        Assert.Contains($"path={Root}", login.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(cookies.GetCookies(server.Http.BaseAddress!));

        var page = await browser.GetStringAsync($"{Root}/queue");
        Assert.Contains($"<base href=\"{Root}/\"", page, StringComparison.Ordinal);
        await AssertLinksAsync(browser, page, $"{Root}/");
        await AssertLinksAsync(browser, await browser.GetStringAsync($"{Root}/api/docs"), $"{Root}/");
        Assert.Equal("[]", await browser.GetStringAsync($"{Root}/api/anime"));
        using var negotiation = new HttpRequestMessage(HttpMethod.Post, $"{Root}/_blazor/negotiate?negotiateVersion=1");
        negotiation.Headers.Add("Origin", server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var circuit = await browser.SendAsync(negotiation);
        Assert.Equal(HttpStatusCode.OK, circuit.StatusCode);
    }

    [Fact]
    public async Task A_name_that_only_begins_like_it_is_not_below_it()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--network.url_base", Root);

        using var answer = await server.Http.GetAsync($"{Root}x/api/anime");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task AssertLinksAsync(HttpClient browser, string page, string root)
    {
        var links = Link().Matches(page).Select(match => match.Groups["to"].Value).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            var path = link.StartsWith('/') ? link : root + link;
            Assert.StartsWith(root, path, StringComparison.Ordinal);
            using var answer = await browser.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode}");
        }
    }

    [GeneratedRegex("<(?:link|script)[^>]* (?:href|src)=\"(?<to>[^\"]+)\"")]
    private static partial Regex Link();
}

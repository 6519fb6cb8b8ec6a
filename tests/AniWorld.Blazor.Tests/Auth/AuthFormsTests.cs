using System.Net;

namespace AniWorld.Blazor.Tests.Auth;

public sealed class AuthFormsTests : IAsyncLifetime
{
    private readonly AuthServer _server = new();
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _browser = _server.Client();
        _browser.DefaultRequestHeaders.Add("Origin", _server.Address.GetLeftPart(UriPartial.Authority));
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Before_set_up_every_page_leads_to_it()
    {
        Assert.Equal("/setup", await RedirectAsync("/library"));
        Assert.Equal("/setup", await RedirectAsync("/login"));
        Assert.Contains("Set up AniWorld", await _browser.GetStringAsync("/setup"));
    }

    [Fact]
    public async Task After_set_up_a_page_leads_to_the_log_in_and_back()
    {
        await _server.SetUpAsync();

        Assert.Equal("/login?returnUrl=%2Flibrary%3Fsort%3Dname", await RedirectAsync("/library?sort=name"));
        Assert.Equal("/login", await RedirectAsync("/setup"));
        Assert.Contains("""name="returnUrl" value="/library?sort=name" """.TrimEnd(), await _browser.GetStringAsync("/login?returnUrl=%2Flibrary%3Fsort%3Dname"));
    }

    [Fact]
    public async Task The_set_up_form_sets_up_logs_in_and_leads_to_the_first_steps()
    {
        using var answer = await PostAsync("/setup", new()
        {
            ["master_password"] = AuthServer.Password,
            ["repeated_password"] = AuthServer.Password,
        });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/welcome", answer.Headers.Location?.OriginalString);
        Assert.Null(_server.Configuration.Applied);
        Assert.Equal("page", await WithCookieAsync(answer, "/library"));
    }

    [Theory]
    [InlineData("password123", "password123", "most common")]
    [InlineData("Ein langes Kennwort", "Ein anderes Kennwort", "The two passwords differ")]
    public async Task A_bad_set_up_is_said_on_the_page(string password, string repeated, string sentence)
    {
        using var answer = await PostAsync("/setup", new() { ["master_password"] = password, ["repeated_password"] = repeated });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_log_in_form_sets_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        await _server.SetUpAsync();

        using var answer = await PostAsync("/login", new() { ["password"] = AuthServer.Password, ["returnUrl"] = "/library" });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/library", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("aniworld_session=", cookie);
        Assert.EndsWith("path=/; samesite=lax; httponly", cookie);
        Assert.Equal("page", await WithCookieAsync(answer, "/library"));
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_secure_and_with_remember_it_stays()
    {
        await _server.SetUpAsync();
        _server.Options.Network = new() { KnownProxies = ["127.0.0.1"] };
        using var browser = _server.Client();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "192.168.1.7");

        using var answer = await browser.PostAsync(
            "/login", new FormUrlEncodedContent(new Dictionary<string, string> { ["password"] = AuthServer.Password, ["remember"] = "on" }));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; secure", cookie);
        Assert.Contains("expires=Tue, 31 Mar 2026 12:00:00 GMT", cookie);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task A_return_address_elsewhere_leads_to_the_own_start_page(string address)
    {
        await _server.SetUpAsync();

        using var answer = await PostAsync("/login", new() { ["password"] = AuthServer.Password, ["returnUrl"] = address });

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_wrong_password_and_a_lock_out_are_said_on_the_page()
    {
        await _server.SetUpAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await PostAsync("/login", new() { ["password"] = "something" });
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            Assert.Contains("The password is wrong", await wrong.Content.ReadAsStringAsync());
        }

        using var locked = await PostAsync("/login", new() { ["password"] = AuthServer.Password });

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.Contains("try again in 15 minutes", await locked.Content.ReadAsStringAsync());
        Assert.NotNull(locked.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/setup")]
    [InlineData("/logout")]
    [InlineData("/api/auth/login")]
    public async Task Another_sites_form_is_refused(string path)
    {
        using var other = _server.Client();
        other.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        using var answer = await other.PostAsync(path, new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", null, false)]
    [InlineData("null", null, false)]
    [InlineData("null", "cross-site", false)]
    [InlineData("null", "same-origin", true)]
    [InlineData(null, "same-site", false)]
    [InlineData(null, "same-origin", true)]
    [InlineData(null, null, false)]
    [InlineData("own", null, true)]
    public async Task A_write_by_cookie_needs_the_own_origin(string? origin, string? site, bool isAllowed)
    {
        await _server.SetUpAsync();
        using var login = await PostAsync("/login", new() { ["password"] = AuthServer.Password });
        using var client = _server.Client();
        client.DefaultRequestHeaders.Add("Cookie", CookieOf(login));
        if (origin is not null)
        {
            client.DefaultRequestHeaders.Add("Origin", origin == "own" ? _server.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        if (site is not null)
        {
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        }

        using var answer = await client.PostAsync("/api/anime/add", null);

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Another_sites_socket_is_refused_with_the_cookie_before_the_upgrade()
    {
        await _server.SetUpAsync();
        using var login = await PostAsync("/login", new() { ["password"] = AuthServer.Password });
        using var client = _server.Client();
        client.DefaultRequestHeaders.Add("Cookie", CookieOf(login));
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        client.DefaultRequestHeaders.Add("Upgrade", "websocket");
        client.DefaultRequestHeaders.Add("Connection", "Upgrade");

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/ws/connect")).StatusCode);
    }

    [Fact]
    public async Task The_log_out_form_ends_the_session()
    {
        await _server.SetUpAsync();
        using var login = await PostAsync("/login", new() { ["password"] = AuthServer.Password });
        _browser.DefaultRequestHeaders.Add("Cookie", CookieOf(login));

        using var answer = await PostAsync("/logout", []);

        Assert.Equal("/login", answer.Headers.Location?.OriginalString);
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        Assert.StartsWith("/login?returnUrl=", await RedirectAsync("/library"));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("192.168.1.20:8000", true)]
    [InlineData("[fd00::1]:8000", true)]
    [InlineData("nas", true)]
    [InlineData("nas.local", true)]
    [InlineData("NAS.LAN.", true)]
    [InlineData("nas.home.arpa", true)]
    [InlineData("anime.example.org", true)]
    [InlineData("evil.example", false)]
    [InlineData("evil.anime.example.org", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    public async Task Only_names_that_nobody_outside_can_point_here_are_answered(string host, bool isAccepted)
    {
        _server.Options.Network = new() { PublicHosts = ["anime.example.org"] };
        using var client = _server.Client();
        client.DefaultRequestHeaders.Host = host;

        using var answer = await client.GetAsync("/api/auth/status");

        Assert.Equal(isAccepted ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string CookieOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields) =>
        _browser.PostAsync(path, new FormUrlEncodedContent(fields));

    private async Task<string?> RedirectAsync(string path)
    {
        using var answer = await _browser.GetAsync(path);
        Assert.InRange((int)answer.StatusCode, 301, 303);
        return answer.Headers.Location?.OriginalString;
    }

    private async Task<string> WithCookieAsync(HttpResponseMessage login, string path)
    {
        using var client = _server.Client();
        client.DefaultRequestHeaders.Add("Cookie", CookieOf(login));
        return await client.GetStringAsync(path);
    }
}

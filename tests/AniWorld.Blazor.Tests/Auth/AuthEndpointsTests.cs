using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AniWorld.Blazor.Tests.Auth;

public sealed class AuthEndpointsTests : IAsyncLifetime
{
    private readonly AuthServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Of_50_parallel_set_ups_one_gets_201_and_49_get_409()
    {
        using var client = _server.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            client.PostAsJsonAsync("/api/auth/setup", new { master_password = AuthServer.Password })));

        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(a => a.StatusCode is HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Set_up_stores_the_folder_and_answers_ok()
    {
        using var client = _server.Client();

        using var answer = await client.PostAsJsonAsync(
            "/api/auth/setup", new { master_password = AuthServer.Password, anime_directory = "/library" });

        Assert.Equal("""{"status":"ok"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("/library", _server.Configuration.Applied?.AnimeDirectory);
    }

    [Theory]
    [InlineData("short", null, "master_password")]
    [InlineData("password123", null, "master_password")]
    [InlineData(AuthServer.Password, "/refused", "anime_directory")]
    public async Task A_bad_set_up_is_422_naming_the_member_and_changes_nothing(string password, string? folder, string member)
    {
        using var client = _server.Client();

        using var answer = await client.PostAsJsonAsync(
            "/api/auth/setup", new { master_password = password, anime_directory = folder });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True((await JsonAsync(answer)).GetProperty("errors").TryGetProperty(member, out _));
        Assert.False((await StatusAsync()).GetProperty("configured").GetBoolean());
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    [InlineData("Via")]
    public async Task Set_up_through_any_proxy_needs_the_code_of_the_console(string header)
    {
        using var client = _server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, "127.0.0.1");

        using var answer = await client.PostAsJsonAsync("/api/auth/setup", new { master_password = AuthServer.Password });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);

        var code = ((Services.Auth.SetupCode)_server.Services.GetService(typeof(Services.Auth.SetupCode))!).Text;
        using var second = await client.PostAsJsonAsync(
            "/api/auth/setup", new { master_password = AuthServer.Password, setup_code = code });
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
    }

    [Fact]
    public async Task A_log_in_gives_a_bearer_token_that_opens_what_is_closed_without()
    {
        await _server.SetUpAsync();
        using var anonymous = _server.Client();
        using var client = _server.Client(await _server.LogInAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync("/api/anime")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/anime")).StatusCode);
        Assert.Equal("""{"configured":true,"authenticated":true}""", await client.GetStringAsync("/api/auth/status"));
    }

    [Fact]
    public async Task The_answer_to_a_log_in_has_the_contracts_members()
    {
        await _server.SetUpAsync();
        using var client = _server.Client();

        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { password = AuthServer.Password, remember = true });

        var body = await JsonAsync(answer);
        Assert.Equal(["access_token", "token_type", "expires_at"], body.EnumerateObject().Select(m => m.Name));
        Assert.Equal("bearer", body.GetProperty("token_type").GetString());
        Assert.Equal("2026-03-31T12:00:00Z", body.GetProperty("expires_at").GetString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task The_sixth_failure_is_429_and_a_forwarding_header_of_a_stranger_changes_nothing()
    {
        await _server.SetUpAsync();
        using var live = _server.Client(await _server.LogInAsync());
        using var client = _server.Client();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await TryAsync($"203.0.113.{i}", "something");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var refused = await TryAsync("203.0.113.9", AuthServer.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(15), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await live.GetAsync("/api/anime")).StatusCode);

        Task<HttpResponseMessage> TryAsync(string forwardedFor, string password) =>
            client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/auth/login")
            {
                Headers = { { "X-Forwarded-For", forwardedFor } },
                Content = JsonContent.Create(new { password }),
            });
    }

    [Fact]
    public async Task A_known_proxy_says_who_calls()
    {
        await _server.SetUpAsync();
        _server.Options.Network = new() { KnownProxies = ["127.0.0.1"] };
        using var client = _server.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        for (var i = 0; i < 5; i++)
        {
            await client.PostAsJsonAsync("/api/auth/login", new { password = "something" });
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.PostAsJsonAsync("/api/auth/login", new { password = "x" })).StatusCode);
        Assert.NotEmpty(await _server.LogInAsync());
    }

    [Fact]
    public async Task A_wrong_password_gets_the_same_body_before_and_after_set_up()
    {
        using var client = _server.Client();
        var before = await WrongAsync();
        await _server.SetUpAsync();

        Assert.Equal(before, await WrongAsync());

        async Task<string> WrongAsync()
        {
            using var answer = await client.PostAsJsonAsync("/api/auth/login", new { password = "something" });
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            return (await JsonAsync(answer)).GetProperty("detail").GetString()!;
        }
    }

    [Fact]
    public async Task After_a_log_out_the_token_is_refused()
    {
        await _server.SetUpAsync();
        using var client = _server.Client(await _server.LogInAsync());

        Assert.Equal("""{"status":"ok"}""", await (await client.PostAsync("/api/auth/logout", null)).Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/anime")).StatusCode);
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions()
    {
        await _server.SetUpAsync();
        using var own = _server.Client(await _server.LogInAsync());
        using var other = _server.Client(await _server.LogInAsync());

        using var wrong = await own.PostAsJsonAsync("/api/auth/password", new { current_password = "x", new_password = "ein ganz neues" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var answer = await own.PostAsJsonAsync(
            "/api/auth/password", new { current_password = AuthServer.Password, new_password = "ein ganz neues" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync("/api/anime")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/anime")).StatusCode);
    }

    [Fact]
    public async Task A_session_can_be_seen_and_ended_from_another()
    {
        await _server.SetUpAsync();
        using var other = _server.Client(await _server.LogInAsync());
        using var own = _server.Client(await _server.LogInAsync());

        var sessions = await own.GetFromJsonAsync<JsonElement>("/api/auth/sessions");
        var id = sessions.EnumerateArray().Single(s => !s.GetProperty("current").GetBoolean()).GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.NoContent, (await own.DeleteAsync($"/api/auth/sessions/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await own.DeleteAsync($"/api/auth/sessions/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/anime")).StatusCode);
    }

    [Theory]
    [InlineData("read", "GET", "/api/anime", true)]
    [InlineData("read", "POST", "/api/anime/add", false)]
    [InlineData("read", "GET", "/api/config", false)]
    [InlineData("read", "GET", "/api/auth/sessions", false)]
    [InlineData("read", "GET", "/library", false)]
    [InlineData("read", "GET", "/ws/connect", true)]
    [InlineData("write", "POST", "/api/anime/add", true)]
    [InlineData("write", "GET", "/api/anime", false)]
    [InlineData("write", "DELETE", "/api/anime/frieren", true)]
    [InlineData("write", "DELETE", "/api/anime/frieren?files=true", false)]
    [InlineData("write", "DELETE", "/api/anime/frieren/episodes/1/1/files/ja", false)]
    [InlineData("write", "DELETE", "/API/Anime/frieren/episodes/1/1/FILES/ja", false)]
    [InlineData("admin", "GET", "/API/CONFIG", true)]
    [InlineData("admin", "GET", "/api/auth/sessions", true)]
    [InlineData("admin", "DELETE", "/api/anime/frieren/episodes/1/1/files/ja", true)]
    public async Task A_key_may_do_what_its_scope_says(string scope, string method, string path, bool isAllowed)
    {
        await _server.SetUpAsync();
        using var owner = _server.Client(await _server.LogInAsync());
        using var made = await owner.PostAsJsonAsync("/api/auth/api-keys", new { name = "a script", scopes = new[] { scope } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var client = _server.Client();
        client.DefaultRequestHeaders.Add("X-Api-Key", (await JsonAsync(made)).GetProperty("key").GetString());

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_is_401()
    {
        await _server.SetUpAsync();
        using var owner = _server.Client(await _server.LogInAsync());
        var made = await JsonAsync(await owner.PostAsJsonAsync("/api/auth/api-keys", new { name = "a script", scopes = new[] { "read" } }));
        using var client = _server.Client();
        client.DefaultRequestHeaders.Add("X-Api-Key", made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/anime")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/api/auth/api-keys/{made.GetProperty("id")}")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/anime")).StatusCode);
        Assert.Equal("[]", await owner.GetStringAsync("/api/auth/api-keys"));
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["read"]}""", "name")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["root"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["read"],"expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    public async Task A_bad_key_request_is_422_naming_the_member(string body, string member)
    {
        await _server.SetUpAsync();
        using var owner = _server.Client(await _server.LogInAsync());

        using var answer = await owner.PostAsync("/api/auth/api-keys", new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True((await JsonAsync(answer)).GetProperty("errors").TryGetProperty(member, out _));
    }

    [Fact]
    public async Task A_ticket_opens_the_socket_address_once()
    {
        await _server.SetUpAsync();
        using var owner = _server.Client(await _server.LogInAsync());
        var ticket = (await JsonAsync(await owner.PostAsync("/api/auth/ws-ticket", null))).GetProperty("ticket").GetString();
        using var client = _server.Client();

        Assert.Equal("Ticket", await client.GetStringAsync($"/ws/connect?ticket={ticket}"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"/ws/connect?ticket={ticket}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"/api/anime?ticket={ticket}")).StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_address_or_the_sub_protocols_counts_for_the_socket_only()
    {
        await _server.SetUpAsync();
        var token = await _server.LogInAsync();
        using var client = _server.Client();
        var byProtocol = new HttpRequestMessage(HttpMethod.Get, "/ws/connect") { Headers = { { "Sec-WebSocket-Protocol", $"aniworld, {token}" } } };

        Assert.Equal("Bearer", await client.GetStringAsync($"/ws/connect?token={token}"));
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(byProtocol)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"/api/anime?token={token}")).StatusCode);
    }

    [Fact]
    public async Task No_log_line_holds_a_password_token_or_key()
    {
        await _server.SetUpAsync();
        var token = await _server.LogInAsync();
        using var owner = _server.Client(token);
        var key = (await JsonAsync(await owner.PostAsJsonAsync("/api/auth/api-keys", new { name = "a script", scopes = new[] { "read" } })))
            .GetProperty("key").GetString()!;
        using var client = _server.Client();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        await client.GetAsync("/api/anime");
        using var broken = _server.Client(token + "x");
        await broken.GetAsync("/api/anime");
        await broken.PostAsJsonAsync("/api/auth/login", new { password = "a wrong secret" });

        Assert.NotEmpty(_server.Log.Lines);
        foreach (var secret in new[] { AuthServer.Password, token, token + "x", key, "a wrong secret" })
        {
            Assert.DoesNotContain(_server.Log.Lines, line => line.Contains(secret));
        }
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    private async Task<JsonElement> StatusAsync()
    {
        using var client = _server.Client();
        return await client.GetFromJsonAsync<JsonElement>("/api/auth/status");
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AniWorld.Blazor.Tests;

/// <summary>What goes wrong is said clearly and changes nothing.</summary>
[Trait("Kind", "api")]
public sealed class RefusalApiTests
{
    [Fact]
    public async Task A_wrong_password_is_refused_with_a_problem()
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        var (status, problem) = await SendAsync(server, HttpMethod.Post, "/api/auth/login", new { password = "falsch" });

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task A_library_folder_that_cannot_be_made_is_refused_at_set_up_and_another_one_taken()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc looks writable to root and takes no folder on Linux only.");
        await using var server = await AniWorldServer.StartAsync();
        var choice = new { master_password = AniWorldServer.Password, anime_directory = "/proc/nein" };

        var (status, problem) = await SendAsync(server, HttpMethod.Post, "/api/auth/setup", choice);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty("anime_directory")[0].GetString()!);
        await server.SetUpAsync();
    }

    [Theory]
    [InlineData("not an address", "link")]
    [InlineData("https://example.com/anime/stream/abc", "link")]
    public async Task A_link_that_no_source_knows_is_invalid(string link, string member)
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        var (status, problem) = await SendAsync(server, HttpMethod.Post, "/api/anime/add", new { link });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(member, out _));
    }

    [Fact]
    public async Task An_unknown_key_is_not_found_anywhere()
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(server, HttpMethod.Get, "/api/anime/gibt-es-nicht")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(server, HttpMethod.Delete, "/api/anime/gibt-es-nicht")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(server, HttpMethod.Post, "/api/anime/rescan?key=gibt-es-nicht")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(
            server, HttpMethod.Post, "/api/queue/add", new { serie_id = "gibt-es-nicht", episodes = new[] { new { season = 1, episode = 1 } } })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(server, HttpMethod.Delete, $"/api/queue/{Guid.NewGuid():N}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(
            server, HttpMethod.Post, "/api/anime/add", new { link = new Uri(server.Site.BaseAddress, "/anime/stream/gibt-es-nicht") })).Status);
    }

    [Theory]
    [InlineData("GET", "/api/gibt-es-nicht", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/anime", HttpStatusCode.MethodNotAllowed)]
    public async Task An_address_or_method_that_nobody_serves_is_a_problem_too(string method, string path, HttpStatusCode expected)
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        var (status, problem) = await SendAsync(server, new HttpMethod(method), path);

        Assert.Equal(expected, status);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task A_series_that_is_there_is_a_conflict()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");

        var (status, _) = await SendAsync(
            server, HttpMethod.Post, "/api/anime/add", new { link = new Uri(server.Site.BaseAddress, "/anime/stream/kurz-und-knapp") });

        Assert.Equal(HttpStatusCode.Conflict, status);
    }

    [Theory]
    [InlineData("""{"serie_id": 5, "episodes": []}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"serie_id": "a", "episodes": [], "surprise": 1}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"serie_id": "a"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"serie_id": "a", """, HttpStatusCode.BadRequest)]
    [InlineData("no json", HttpStatusCode.BadRequest)]
    public async Task Bodies_that_are_wrong_are_told_apart(string body, HttpStatusCode expected)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await server.Http.PostAsync("/api/queue/add", content);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_search_that_no_source_answers_is_a_bad_gateway()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.PutConfigAsync(new { providers = new { aniworld = new { enabled = false } } });

        var (status, problem) = await SendAsync(server, HttpMethod.Post, "/api/anime/search", new { query = "x" });

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Equal("provider_unreachable", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_removed_series_comes_back()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(server, HttpMethod.Delete, "/api/anime/kurz-und-knapp")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(server, HttpMethod.Get, "/api/anime/kurz-und-knapp")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(server, HttpMethod.Post, "/api/anime/kurz-und-knapp/restore")).Status);
        Assert.Equal(3, (await server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("episode_count").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(server, HttpMethod.Delete, "/api/anime/kurz-und-knapp")).Status);
        Assert.Equal(3, (await server.AddAsync("kurz-und-knapp")).GetProperty("episode_count").GetInt32());
    }

    [Fact]
    public async Task A_library_that_lost_its_mount_fails_the_scan_and_loses_nothing()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--hosters.order.0", "Rangeo");
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads", "scan_progress");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        await events.NextAsync("download_complete");
        Directory.Move(server.Library, server.Library + "-away");
        Directory.CreateDirectory(server.Library);

        await server.PostAsync("/api/anime/rescan");

        var failed = await events.NextAsync("scan_failed");
        Assert.Contains("target_missing", failed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, (await server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("downloaded_count").GetInt32());
        Assert.Empty(Directory.EnumerateFileSystemEntries(server.Library));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        AniWorldServer server, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AniWorld.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Contract;

/// <summary>How answers are sent: compressed or not, marked with a tag, and what is left of a fault.</summary>
[Trait("Kind", "api")]
public sealed class AnswerTests
{
    [Theory]
    [InlineData("/api/anime?all=true", "br", "br")]
    [InlineData("/api/anime?all=true", "gzip", "gzip")]
    [InlineData("/api/queue/status", "gzip, br", "br")]
    [InlineData("/openapi/v1.json", "br", "br")]
    [InlineData("/api/auth/sessions", "gzip, br", "")]
    [InlineData("/api/auth/api-keys", "gzip, br", "")]
    public async Task Answers_are_compressed_where_no_secret_is_in_them(string path, string accepted, string expected)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", accepted } } };

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, string.Join(' ', answer.Content.Headers.ContentEncoding));
    }

    [Fact]
    public async Task A_fault_of_ours_is_500_with_a_trace_id_that_the_log_has_too()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await using (var database = await server.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContextAsync())
        {
            await database.Database.ExecuteSqlRawAsync("ALTER TABLE \"ScanRuns\" RENAME TO \"Elsewhere\"");
        }

        using var answer = await server.Http.GetAsync("/api/anime/rescan");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("ScanRuns", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", text, StringComparison.Ordinal);
        var trace = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("trace_id").GetString()!;
        Assert.Matches("^[0-9a-f]{32}$", trace);
        Assert.Contains(server.LogLines(), line => line.Contains(trace, StringComparison.Ordinal) && line.Contains("no such table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_is_asked_for_again_is_the_same_until_something_is_written()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");
        using var first = await server.Http.GetAsync("/api/anime?per_page=1");
        using var second = await server.Http.GetAsync("/api/anime?per_page=1");
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal("1", second.Headers.GetValues("X-Total-Count").Single());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());

        await server.Http.PatchAsJsonAsync("/api/anime/kurz-und-knapp", new { monitored = false });

        using var third = await server.Http.GetAsync("/api/anime?per_page=1");
        Assert.NotEqual(first.Headers.ETag, third.Headers.ETag);
        Assert.Equal("[]", await third.Content.ReadAsStringAsync());
        Assert.Equal("0", third.Headers.GetValues("X-Total-Count").Single());
    }

    [Fact]
    public async Task A_setting_that_changes_what_is_missing_changes_the_list()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");
        Assert.Equal(1, (await server.GetAsync("/api/anime")).GetArrayLength());

        await server.PutConfigAsync(new
        {
            languages = new { profiles = new[] { new { name = "default", order = new[] { "en-dub" }, cutoff = "en-dub" } } },
        });

        await new JsonWait(server).UntilAsync("/api/anime", list => list.GetArrayLength() == 0);
    }

    [Theory]
    [InlineData("/api/missing")]
    [InlineData("/api/queue/items")]
    public async Task Every_list_of_the_library_and_the_queue_is_answered_304_to_whoever_has_it(string path)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        using var first = await server.Http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var again = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_decision_is_kept_for_each_language_of_its_own()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");

        Assert.NotEqual(await InAsync(server, "de"), await InAsync(server, "en"));
        Assert.Equal(await InAsync(server, "de"), await InAsync(server, "de"));
    }

    [Fact]
    public async Task A_rush_of_200_log_ins_is_answered_and_keeps_nobody_else_waiting()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var rush = Enumerable.Range(0, 200).Select(async _ =>
        {
            using var answer = await server.Http.PostAsJsonAsync("/api/auth/login", new { password = "falsch" });
            return answer.StatusCode;
        }).ToList();

        Assert.Equal("healthy", (await server.GetAsync("/health")).GetProperty("status").GetString());

        var answers = await Task.WhenAll(rush);
        Assert.Equal(5, answers.Count(status => status is HttpStatusCode.Unauthorized));
        Assert.All(answers, status => Assert.True(
            status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, status.ToString()));
        Assert.Equal(JsonValueKind.Array, (await server.GetAsync("/api/anime")).ValueKind);
    }

    private static async Task<string> InAsync(AniWorldServer server, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/missing");
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        using var answer = await server.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}

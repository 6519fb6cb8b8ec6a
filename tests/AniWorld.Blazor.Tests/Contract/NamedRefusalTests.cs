using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AniWorld.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Contract;

/// <summary>The refusals that docs/api.md names for single calls, and what stays as it was.</summary>
[Trait("Kind", "api")]
public sealed class NamedRefusalTests : IAsyncLifetime
{
    private const string Key = "kurz-und-knapp";

    private AniWorldServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AniWorldServer.StartReadyAsync();
        await _server.AddAsync(Key);
        await _server.PostAsync("/api/queue/stop");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_is_not_there_is_404_and_what_is_in_the_wrong_state_409()
    {
        const string id = "5f0c2d7e9b1a4c6d8e3f7a2b4c6d8e0f";
        (string Method, string Path, string? Body, int Status)[] calls =
        [
            ("DELETE", $"/api/auth/sessions/{id}", null, 404),
            ("DELETE", "/api/auth/api-keys/00000000", null, 404),
            ("POST", "/api/auth/setup", """{"master_password": "eine andere Losung"}""", 409),
            ("POST", "/api/config/backups/none.json/restore", "{}", 404),
            ("DELETE", "/api/config/backups/none.json", null, 404),
            ("PATCH", "/api/anime/none", """{"monitored": false}""", 404),
            ("PATCH", "/api/anime/none/episodes", """{"episodes": [{"season": 1, "episode": 1}], "ignored": true}""", 404),
            ("DELETE", "/api/anime/none?files=true", null, 404),
            ("DELETE", $"/api/anime/{Key}/episodes/1/1/files/de-dub", null, 404),
            ("DELETE", $"/api/anime/{Key}/episodes/1/1/files/klingon", null, 422),
            ("POST", $"/api/anime/{Key}/restore", null, 404),
            ("GET", "/api/covers/none", null, 404),
            ("GET", "/api/anime/rescan", null, 404),
            ("DELETE", "/api/anime/rescan", null, 409),
            ("POST", "/api/anime/rescan?key=none", null, 404),
            ("DELETE", $"/api/queue/{id}", null, 404),
            ("PATCH", $"/api/queue/{id}", """{"paused": true}""", 404),
            ("GET", "/api/queue/items?status=lost", null, 422),
            ("GET", "/api/queue/items?status=3", null, 422),
            ("GET", "/api/anime?sort=size", null, 422),
            ("GET", "/api/anime?page=0", null, 422),
            ("GET", "/api/anime?per_page=1001", null, 422),
            ("GET", "/api/missing?kind=1", null, 422),
        ];
        foreach (var (method, path, body, status) in calls)
        {
            using var answer = await SendAsync(method, path, body);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

            Assert.True(status == (int)answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} {problem}");
            Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        }
    }

    [Fact]
    public async Task A_key_cannot_log_out()
    {
        var key = (await _server.PostAsync("/api/auth/api-keys", new { name = "script", scopes = new[] { "admin" } })).GetProperty("key").GetString();
        using var program = new HttpClient { BaseAddress = _server.Http.BaseAddress };
        program.DefaultRequestHeaders.Add("X-Api-Key", key);

        using var answer = await program.PostAsync("/api/auth/logout", null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task A_finished_download_cannot_be_paused()
    {
        var added = (await _server.EnqueueAsync(Key, (1, 1))).GetProperty("added")[0].GetString();
        await using (var database = await DatabaseAsync())
        {
            await database.Downloads.ExecuteUpdateAsync(set => set.SetProperty(item => item.Status, Data.Downloads.DownloadStatus.Completed));
        }

        using var answer = await SendAsync("PATCH", $"/api/queue/{added}", """{"paused": true}""");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task An_absent_member_stays_and_a_null_one_goes_back_to_the_general_setting()
    {
        await PatchAsync("""{"auto_download": true, "language_profile": "default"}""");
        await PatchAsync("""{"monitored": false}""");
        Assert.Equal((false, true, "default"), await StoredAsync());

        await PatchAsync("""{"auto_download": null, "language_profile": null, "folder": null}""");
        Assert.Equal((false, null, null), await StoredAsync());
    }

    [Fact]
    public async Task Ignored_episodes_are_not_missing_until_they_are_wanted_again()
    {
        using var ignored = await SendAsync("PATCH", $"/api/anime/{Key}/episodes", """{"episodes": [{"season": 1, "episode": 1}], "ignored": true}""");
        Assert.Equal(HttpStatusCode.NoContent, ignored.StatusCode);
        Assert.DoesNotContain(1, await MissingAsync());

        using var wanted = await SendAsync("PATCH", $"/api/anime/{Key}/episodes", """{"episodes": [{"season": 1, "episode": 1}], "wanted": true}""");
        Assert.Equal(HttpStatusCode.NoContent, wanted.StatusCode);
        Assert.Contains(1, await MissingAsync());
    }

    private async Task<IEnumerable<int>> MissingAsync() => (await _server.GetAsync("/api/missing")).EnumerateArray()
        .Where(episode => episode.GetProperty("season").GetInt32() == 1)
        .Select(episode => episode.GetProperty("episode").GetInt32());

    private async Task PatchAsync(string body)
    {
        using var answer = await SendAsync("PATCH", $"/api/anime/{Key}", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<(bool Monitored, bool? AutoDownload, string? Profile)> StoredAsync()
    {
        await using var database = await DatabaseAsync();
        var series = await database.Series.SingleAsync();
        return (series.Monitored, series.AutoDownload, series.LanguageProfile);
    }

    private Task<AniWorldDbContext> DatabaseAsync() =>
        _server.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContextAsync();

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await _server.Http.SendAsync(request);
    }
}

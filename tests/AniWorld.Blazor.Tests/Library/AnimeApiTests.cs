using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Library;

/// <summary>The library over REST, beyond the main way.</summary>
[Trait("Kind", "api")]
public sealed class AnimeApiTests
{
    private const string Series = "kurz-und-knapp";
    private const string FirstFile = $"/api/anime/{Series}/episodes/1/1/files/de-dub";

    [Fact]
    public async Task A_file_goes_to_the_trash_with_its_subtitles_and_is_not_missing_afterwards()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var video = await HaveFirstEpisodeAsync(server);
        var subtitles = Path.ChangeExtension(video, ".de.srt");
        await File.WriteAllTextAsync(subtitles, "1\n00:00:00,000 --> 00:00:01,000\nHallo\n");

        using var answer = await server.Http.DeleteAsync(FirstFile);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False(File.Exists(video) || File.Exists(subtitles));
        Assert.Equal(
            [Path.GetFileName(subtitles), Path.GetFileName(video)],
            Directory.EnumerateFiles(Path.Join(server.Library, ".aniworld", "trash"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
        var episode = await FirstEpisodeAsync(server);
        Assert.False(episode.GetProperty("is_downloaded").GetBoolean());
        Assert.Equal("removed", episode.GetProperty("decision").GetProperty("code").GetString());
        Assert.DoesNotContain((await server.GetAsync("/api/missing")).EnumerateArray(), e => e.GetProperty("episode").GetInt32() == 1);
    }

    [Fact]
    public async Task A_file_that_went_to_the_trash_can_be_put_back()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var video = await HaveFirstEpisodeAsync(server);
        var anime = server.Services.GetRequiredService<AnimeService>();
        var before = await File.ReadAllBytesAsync(video);

        var removed = Assert.IsType<FileRemovalResult.Removed>(await anime.RemoveFilesAsync(Series, new EpisodeNumber(1, 1), Language.DeDub));
        await anime.PutBackAsync(removed.Files);

        Assert.Equal(before, await File.ReadAllBytesAsync(video));
        Assert.Equal("have", (await FirstEpisodeAsync(server)).GetProperty("decision").GetProperty("code").GetString());
        await Assert.ThrowsAsync<FaultException>(() => anime.PutBackAsync(removed.Files));
        Assert.Equal(before, await File.ReadAllBytesAsync(video));
    }

    [Fact]
    public async Task How_often_the_catalogue_is_looked_at_can_be_set_and_left_to_what_was_learnt()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);
        var learnt = await server.GetAsync($"/api/anime/{Series}");
        Assert.Equal((JsonValueKind.Null, "recent"), (learnt.GetProperty("refresh_hours").ValueKind, learnt.GetProperty("refresh_reason").GetString()));

        Assert.Equal(HttpStatusCode.OK, await PatchAsync(server, """{"refresh_hours": 72}"""));

        var chosen = await server.GetAsync($"/api/anime/{Series}");
        Assert.Equal((72, "chosen"), (chosen.GetProperty("refresh_hours").GetInt32(), chosen.GetProperty("refresh_reason").GetString()));
        Assert.Equal(
            chosen.GetProperty("refreshed_at").GetDateTimeOffset().AddHours(72), chosen.GetProperty("next_refresh_at").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PatchAsync(server, """{"refresh_hours": 0}"""));
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(server, """{"refresh_hours": null}"""));
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"/api/anime/{Series}")).GetProperty("refresh_hours").ValueKind);
    }

    [Fact]
    public async Task A_double_episodes_file_goes_for_both()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);
        var folder = Path.Join(server.Library, (await server.GetAsync($"/api/anime/{Series}")).GetProperty("folder").GetString(), "Season 01");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Join(folder, "Kurz & knapp - S01E01-E02 [de-dub].mp4"), new byte[64]);
        using var events = await server.ListenAsync("scan_progress");
        await server.PostAsync("/api/anime/rescan");
        await events.NextAsync("scan_complete");

        using var answer = await server.Http.DeleteAsync($"/api/anime/{Series}/episodes/1/2/files/de-dub");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var series = await server.GetAsync($"/api/anime/{Series}");
        Assert.Equal(0, series.GetProperty("downloaded_count").GetInt32());
        Assert.Equal([3], series.GetProperty("missing_episodes").GetProperty("1").EnumerateArray().Select(n => n.GetInt32()));
    }

    [Fact]
    public async Task Files_of_unknown_language_get_the_one_that_is_said()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);
        var folder = Path.Join(server.Library, (await server.GetAsync($"/api/anime/{Series}")).GetProperty("folder").GetString(), "Season 01");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Join(folder, "S01E01-E02.mp4"), new byte[64]);
        using var events = await server.ListenAsync("scan_progress");
        await server.PostAsync("/api/anime/rescan");
        await events.NextAsync("scan_complete");
        Assert.Equal(("unknown", "have_unknown"), Said(await FirstEpisodeAsync(server)));

        var answer = await server.PostAsync($"/api/anime/{Series}/files/language", new { episodes = new[] { new { season = 1, episode = 2 } }, language = "de-dub" });

        Assert.Equal(1, answer.GetProperty("files").GetInt32());
        Assert.Equal(("de-dub", "have"), Said(await FirstEpisodeAsync(server)));
        var back = await server.PostAsync(
            $"/api/anime/{Series}/files/language", new { episodes = new[] { new { season = 1, episode = 1 } }, language = "unknown", from = "de-dub" });
        Assert.Equal(1, back.GetProperty("files").GetInt32());
        Assert.Equal(("unknown", "have_unknown"), Said(await FirstEpisodeAsync(server)));

        static (string?, string?) Said(JsonElement episode) => (
            episode.GetProperty("files")[0].GetProperty("language").GetString(), episode.GetProperty("decision").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("gibt-es-nicht", """{"episodes": [{"season": 1, "episode": 1}], "language": "de-dub"}""", HttpStatusCode.NotFound)]
    [InlineData(Series, """{"episodes": [{"season": 1, "episode": 1}], "language": "klingon"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Series, """{"episodes": [{"season": 1, "episode": 1}], "language": "de-dub", "from": "?"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Series, """{"episodes": [{"season": 1, "episode": 1}], "language": "de-dub", "from": null}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Series, """{"episodes": [{"season": 1, "episode": 1}]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Series, """{"episodes": [], "language": "de-dub"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Series, """{"episodes": [{"season": 1, "episode": 0}], "language": "de-dub"}""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_language_that_cannot_be_said_is_refused(string key, string body, HttpStatusCode expected)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);

        using var answer = await server.Http.PostAsync(
            $"/api/anime/{key}/files/language", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_series_removed_with_its_files_comes_back_with_them()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var video = await HaveFirstEpisodeAsync(server);

        using (await server.Http.DeleteAsync($"/api/anime/{Series}?files=true"))
        {
            Assert.False(File.Exists(video));
        }

        using var restored = await server.Http.PostAsync($"/api/anime/{Series}/restore", null);

        Assert.Equal(HttpStatusCode.NoContent, restored.StatusCode);
        Assert.True(File.Exists(video));
        Assert.True((await FirstEpisodeAsync(server)).GetProperty("is_downloaded").GetBoolean());
    }

    [Fact]
    public async Task A_found_series_cover_is_served_from_here()
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        var hits = await server.PostAsync("/api/anime/search", new { query = "windspiel" });
        using var cover = await server.Http.GetAsync(hits[0].GetProperty("cover").GetString());

        Assert.Equal(HttpStatusCode.OK, cover.StatusCode);
        Assert.StartsWith("image/", cover.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/anime/gibt-es-nicht/episodes/1/1/files/de-dub", HttpStatusCode.NotFound)]
    [InlineData($"/api/anime/{Series}/episodes/1/9/files/de-dub", HttpStatusCode.NotFound)]
    [InlineData($"/api/anime/{Series}/episodes/1/1/files/en-sub", HttpStatusCode.NotFound)]
    [InlineData($"/api/anime/{Series}/episodes/1/1/files/klingon", HttpStatusCode.UnprocessableEntity)]
    [InlineData($"/api/anime/{Series}/episodes/one/1/files/de-dub", HttpStatusCode.NotFound)]
    public async Task A_file_that_is_not_there_is_not_removed(string path, HttpStatusCode expected)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);

        using var answer = await server.Http.DeleteAsync(path);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_list_that_did_not_change_is_not_sent_again()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);
        using var first = await server.Http.GetAsync("/api/anime");
        var tag = first.Headers.ETag!;

        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(server, tag));
        await server.AddAsync("windspiel");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, tag));
    }

    [Fact]
    public async Task A_decision_is_told_in_the_language_that_is_asked_for()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);

        Assert.Equal("Not on disk; the source has it in de-dub.", Sentence(await FirstEpisodeAsync(server)));
        server.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr, de-AT;q=0.8, en;q=0.5");
        Assert.Equal("Nicht vorhanden; die Quelle hat sie auf de-dub.", Sentence(await FirstEpisodeAsync(server)));
    }

    [Fact]
    public async Task An_episode_that_is_offered_in_a_better_language_is_upgradable()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync(Series);
        using var events = await server.ListenAsync("downloads");
        await server.PostAsync("/api/queue/add", new
        {
            serie_id = Series,
            serie_folder = "",
            serie_name = "",
            episodes = new[] { new { season = 1, episode = 1 } },
            language = "de-sub",
        });
        await events.NextAsync("download_complete");

        var upgradable = Assert.Single((await server.GetAsync("/api/missing?kind=upgradable")).EnumerateArray());

        Assert.Equal((1, 1, "de-dub"), (
            upgradable.GetProperty("season").GetInt32(), upgradable.GetProperty("episode").GetInt32(), upgradable.GetProperty("wanted").GetString()));
        using var wrong = await server.Http.GetAsync("/api/missing?kind=other");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    private static async Task<string> HaveFirstEpisodeAsync(AniWorldServer server)
    {
        await server.AddAsync(Series);
        using var events = await server.ListenAsync("downloads");
        await server.EnqueueAsync(Series, (1, 1));
        return Path.Join(server.Library, (await events.NextAsync("download_complete")).GetProperty("file_path").GetString());
    }

    private static async Task<JsonElement> FirstEpisodeAsync(AniWorldServer server) =>
        (await server.GetAsync($"/api/anime/{Series}")).GetProperty("episodes")[0];

    private static string? Sentence(JsonElement episode) => episode.GetProperty("decision").GetProperty("sentence").GetString();

    private static async Task<HttpStatusCode> AskAsync(AniWorldServer server, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/anime");
        request.Headers.IfNoneMatch.Add(tag);
        using var answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PatchAsync(AniWorldServer server, string body)
    {
        using var answer = await server.Http.PatchAsync(
            $"/api/anime/{Series}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        return answer.StatusCode;
    }
}

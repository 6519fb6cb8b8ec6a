using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

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
}

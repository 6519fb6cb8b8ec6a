using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AniWorld.Blazor.Tests.Policy;

/// <summary><c>/api/missing</c> with a real catalogue: seven episodes, each in other languages.</summary>
[Trait("Kind", "api")]
public sealed class MissingApiTests : IAsyncLifetime
{
    private const string Series = "drei-zungen";

    private AniWorldServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AniWorldServer.StartReadyAsync();
        await _server.AddAsync(Series);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("", "1 2 3 4 5 6 7")]
    [InlineData("?language=de-sub", "2 6")]
    [InlineData("?language=en-sub&reason=missing", "3")]
    [InlineData("?reason=waiting", "")]
    [InlineData("?key=drei-zungen&season=1&max_age_days=1", "1 2 3 4 5 6 7")]
    [InlineData("?key=nirgends", "")]
    [InlineData("?season=2", "")]
    [InlineData("?min_age_days=1", "")]
    [InlineData("?filter=ZUNG&per_page=2&page=2", "3 4")]
    [InlineData("?kind=upgradable", "")]
    public async Task The_list_can_be_narrowed_down(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', await NumbersAsync(query)));

    [Fact]
    public async Task What_is_ignored_is_listed_as_set_aside_until_it_is_wanted()
    {
        await ChangeAsync(new { episodes = new[] { new { season = 1, episode = 4 } }, ignored = true });
        Assert.Equal([4], await NumbersAsync("?kind=set_aside"));
        Assert.DoesNotContain(4, await NumbersAsync(""));

        await ChangeAsync(new { episodes = new[] { new { season = 1, episode = 4 } }, wanted = true });
        Assert.Empty(await NumbersAsync("?kind=set_aside"));
        Assert.Contains(4, await NumbersAsync(""));
    }

    [Theory]
    [InlineData("kind=all", "kind")]
    [InlineData("language=klingon", "language")]
    [InlineData("reason=because", "reason")]
    [InlineData("season=-1", "season")]
    [InlineData("min_age_days=-1", "min_age_days")]
    [InlineData("max_age_days=99999999", "max_age_days")]
    public async Task A_filter_that_says_nothing_sensible_is_refused_by_its_name(string query, string member)
    {
        using var answer = await _server.Http.GetAsync($"/api/missing?{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(problem.GetProperty("errors").TryGetProperty(member, out _), $"{problem}");
    }

    private async Task ChangeAsync(object change)
    {
        using var answer = await _server.Http.PatchAsJsonAsync($"/api/anime/{Series}/episodes", change);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<List<int>> NumbersAsync(string query) =>
        [.. (await _server.GetAsync($"/api/missing{query}")).EnumerateArray().Select(e => e.GetProperty("episode").GetInt32())];
}

using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class ProviderRegistryTests
{
    private readonly Provider _works = new("works", () => [new SearchHit("a", "A", "works", new Uri("https://works/a"), null, null, null)]);
    private readonly Provider _fails = new("fails", () => throw new FaultException(FaultCode.Dns, Sentence.Plain("No such host.")));

    [Fact]
    public void A_provider_that_is_not_on_is_not_used()
    {
        var registry = Registry("works");

        Assert.Equal([_works], registry.Enabled);
        Assert.Null(registry.ByName("fails"));
        Assert.Null(registry.RecogniseLink(new Uri("https://fails/a")));
        Assert.Equal(new RecognisedLink(_works, "a"), registry.RecogniseLink(new Uri("https://works/a")));
    }

    [Fact]
    public void None_is_on_unless_the_user_turned_it_on() => Assert.Empty(Registry().Enabled);

    [Fact]
    public async Task A_search_keeps_what_the_others_found_when_one_fails()
    {
        var result = await Registry("works", "fails").SearchAsync("x");

        Assert.True(result.Answered);
        Assert.Equal("a", Assert.Single(result.Hits).Key);
        Assert.Equal(("fails", "dns"), (Assert.Single(result.Failures).Provider, result.Failures[0].Fault.Code));
    }

    [Fact]
    public async Task A_search_that_no_source_answers_says_so()
    {
        Assert.False((await Registry("fails").SearchAsync("x")).Answered);
        Assert.False((await Registry().SearchAsync("x")).Answered);
        Assert.False((await Registry("works").SearchAsync("x", "unknown")).Answered);
    }

    [Fact]
    public async Task A_search_may_ask_one_provider_only() =>
        Assert.Empty((await Registry("works", "fails").SearchAsync("x", "works")).Failures);

    private ProviderRegistry Registry(params string[] enabled) => new(
        [_works, _fails],
        [],
        new FixedOptions(new AniWorldOptions { Providers = enabled.ToDictionary(name => name, _ => new ProviderOptions { Enabled = true }) }));

    private sealed class Provider(string name, Func<IReadOnlyList<SearchHit>> search) : ISeriesProvider
    {
        public string Name => name;

        public string Site => name;

        public string? RecogniseLink(Uri link) => link.Host == name ? link.AbsolutePath.Trim('/') : null;

        public Uri LinkOf(string key) => new($"https://{name}/{key}");

        public async Task<IReadOnlyList<SearchHit>> SearchAsync(string query, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return search();
        }

        public Task<CatalogueSeries?> GetSeriesAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<HosterLink>> GetHosterLinksAsync(EpisodeKey episode, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}

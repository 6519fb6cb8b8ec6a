using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class PageParserTests
{
    private static readonly Uri Address = new("https://aniworld.to/x");

    [Fact]
    public async Task A_page_of_a_hundred_thousand_nested_elements_is_given_up_in_time()
    {
        var parser = new PageParser(
            new FixedOptions(new AniWorldOptions { Limits = new LimitOptions { ParseSeconds = 0.3 } }), TimeProvider.System);
        var page = string.Concat(Enumerable.Repeat("<div>", 100_000));

        var fault = await Assert.ThrowsAsync<FaultException>(() => parser.ParseAsync(page, Address, CancellationToken.None));

        Assert.Equal("timeout", fault.Code);
    }

    [Fact]
    public async Task Who_cancels_gets_a_cancellation()
    {
        var parser = new PageParser(new FixedOptions(new AniWorldOptions()), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parser.ParseAsync("<p>", Address, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_deep_page_that_is_parsed_in_time_can_be_searched()
    {
        var parser = new PageParser(
            new FixedOptions(new AniWorldOptions { Limits = new LimitOptions { ParseSeconds = 60 } }), TimeProvider.System);

        using var document = await parser.ParseAsync(
            string.Concat(Enumerable.Repeat("<div>", 5_000)) + "<p class=deep>found", Address, CancellationToken.None);

        Assert.Equal("found", document.QuerySelector("p.deep")?.TextContent);
    }
}

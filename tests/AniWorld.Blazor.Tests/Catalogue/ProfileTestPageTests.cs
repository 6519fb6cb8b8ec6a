using System.Net;
using AniWorld.Blazor.Catalogue;
using AniWorld.Services.Configuration;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace AniWorld.Blazor.Tests.Catalogue;

public sealed class ProfileTestPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task An_address_that_no_profile_knows_is_told()
    {
        var page = _world.Render<ProfileTestPage>();

        await page.InvokeAsync(() => page.Find("input[type=url]").Input("https://elsewhere.example/x"));
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForAssertion(() => Assert.Contains("None of the routes", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_broken_profile_is_named()
    {
        var data = _world.Services.GetRequiredService<DataFolder>();
        Directory.CreateDirectory(data.Providers);
        File.WriteAllText(Path.Join(data.Providers, "mine.json"), "{\"name\": \"<b>x\"}");

        var page = _world.Render<ProfileTestPage>();

        Assert.Contains("mine.json", page.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "api")]
    public async Task A_page_is_shown_field_by_field_and_the_schema_is_served_to_everybody()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        using var stranger = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using var schema = await stranger.GetAsync("/schemas/site-profile.json", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "application/schema+json"), (schema.StatusCode, schema.Content.Headers.ContentType?.MediaType));
        var trial = await server.Services.GetRequiredService<Services.Catalogue.SiteProfiles.ProfileTester>()
            .TryAsync(new Uri(server.Site.BaseAddress, "/anime/stream/die-sternenbaecker-von-oevelgoenne").AbsoluteUri, null, TestContext.Current.CancellationToken);
        Assert.Equal("series", trial.Page);
        Assert.Empty(trial.Problems);
    }
}

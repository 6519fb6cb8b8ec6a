using AniWorld.Blazor.Catalogue;
using AniWorld.Services;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace AniWorld.Blazor.Tests.Catalogue;

public sealed class SourcesPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_site_says_how_it_does_and_how_many_requests_it_got()
    {
        await SwitchOnAsync();
        await Sites.AskAsync("aniworld", SitePages.Series, () => Task.FromResult(0));
        _world.Services.GetRequiredService<SiteBudget>().Spend("aniworld");

        var row = Show().Find("[data-source='aniworld']").TextContent;

        Assert.Contains(SourceTexts.Of("State_ok"), row, StringComparison.Ordinal);
        Assert.Contains(SourceTexts.Of("SuccessOf", "1", "1"), row, StringComparison.Ordinal);
        Assert.Contains(SourceTexts.Of("TodayOf", "1", 5_000.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)), row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_whose_pages_no_longer_read_needs_attention_and_names_the_selector()
    {
        await SwitchOnAsync();
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<PageLayoutException>(
                () => Sites.AskAsync<int>("aniworld", SitePages.Series, () => throw new PageLayoutException("fault_layout_title", ".series-title h1")));
        }

        var page = Show();

        var row = page.Find("[data-source='aniworld']");
        Assert.Contains(SourceTexts.Of("State_attention"), row.TextContent, StringComparison.Ordinal);
        Assert.Contains(".series-title h1", row.TextContent, StringComparison.Ordinal);
        await row.QuerySelector("button")!.ClickAsync(new());
        Assert.Null(Sites.RestOf("aniworld", SitePages.Series));
    }

    [Fact]
    public async Task A_hoster_that_failed_says_with_what()
    {
        _world.Services.GetRequiredService<SourceHealthService>().Failed(SourceKind.Hoster, "Rangeo", new FaultException(FaultCode.Timeout, Sentence.Plain("It takes too long.")));

        var row = Show().Find("[data-source='Rangeo']").TextContent;

        Assert.Contains("It takes too long.", row, StringComparison.Ordinal);
        Assert.Single(await _world.Services.GetRequiredService<HosterHealth>().ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Without_a_source_the_page_leads_to_the_settings()
    {
        var page = Show();

        Assert.Equal("settings#sources", page.Find(".sources-section a").GetAttribute("href"));
        Assert.Contains(SourceTexts.Of("State_off"), page.Find("[data-source='aniworld']").TextContent, StringComparison.Ordinal);
    }

    private SiteHealth Sites => _world.Services.GetRequiredService<SiteHealth>();

    private async Task SwitchOnAsync() => Assert.IsType<ConfigChange.Applied>(await _world.Services.GetRequiredService<ConfigService>().PutAsync(
        System.Text.Json.JsonDocument.Parse("""{"providers": {"aniworld": {"enabled": true}}}""").RootElement, TestContext.Current.CancellationToken));

    private IRenderedComponent<SourcesPage> Show()
    {
        var page = _world.Render<SourcesPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".source-row")), Patience);
        return page;
    }
}

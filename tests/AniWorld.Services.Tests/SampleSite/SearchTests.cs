using System.Net;
using System.Text.Json;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class SearchTests : SampleSiteTest
{
    [Theory]
    [InlineData("sternenbäcker")]
    [InlineData("STERNENBACKER")]
    public async Task The_search_ignores_case_and_accents(string keyword)
    {
        var hit = Assert.Single((await SearchAsync(keyword)).EnumerateArray());

        Assert.Equal("die-sternenbaecker-von-oevelgoenne", hit.GetProperty("link").GetString());
        Assert.Equal("(2016 - 2019)", hit.GetProperty("productionYear").GetString());
        Assert.Equal("/public/img/cover/die-sternenbaecker-von-oevelgoenne.jpg", hit.GetProperty("cover").GetString());
    }

    [Fact]
    public async Task Its_texts_are_html_escaped()
    {
        var hit = Assert.Single((await SearchAsync("<img")).EnumerateArray());

        var name = hit.GetProperty("name").GetString();
        Assert.StartsWith("&lt;img src=x", name, StringComparison.Ordinal);
        Assert.Equal("<img src=x onerror=\"alert('Titel')\"> im Netz", WebUtility.HtmlDecode(name));
    }

    [Theory]
    [InlineData("no such series")]
    [InlineData("")]
    public async Task Nothing_found_is_an_empty_list(string keyword) => Assert.Empty((await SearchAsync(keyword)).EnumerateArray());

    private async Task<JsonElement> SearchAsync(string keyword)
    {
        var json = await Client.GetStringAsync(new Uri($"/ajax/seriesSearch?keyword={Uri.EscapeDataString(keyword)}", UriKind.Relative), Cancellation);
        return JsonDocument.Parse(json).RootElement;
    }
}

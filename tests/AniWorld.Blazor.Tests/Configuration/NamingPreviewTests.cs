using System.Text.Json.Nodes;
using AniWorld.Blazor.Configuration;
using Bunit;

namespace AniWorld.Blazor.Tests.Configuration;

public sealed class NamingPreviewTests : IAsyncDisposable
{
    private readonly PageWorld _world = new();
    private readonly SettingsDraft _draft = new(new JsonObject
    {
        ["naming"] = new JsonObject
        {
            ["folder"] = "{name} ({year})",
            ["episode"] = "Season {season:00}/{name} - S{season:00}E{episode:00} - {title} [{language}]",
            ["special"] = "Specials/{name} - S00E{episode:00} - {title} [{language}]",
            ["title_language"] = "de",
        },
    });

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Each_change_of_a_template_is_seen_at_once()
    {
        var preview = _world.Render<NamingPreview>(parameters => parameters.AddCascadingValue(_draft));
        Assert.Equal(
            [
                "Sternenlotse - Kurs Nord (2021)/Season 02/Sternenlotse - Kurs Nord - S02E07 - Nacht über dem Hafen [de-dub].mp4",
                "Sternenlotse - Kurs Nord (2021)/Specials/Sternenlotse - Kurs Nord - S00E01 - Der lange Heimweg [de-dub].mp4",
            ],
            preview.FindAll("li").Select(line => line.TextContent));

        await preview.InvokeAsync(() =>
        {
            _draft.Set("naming.folder", "{name}");
            _draft.Set("naming.title_language", "en");
        });

        Assert.Equal("Sternenlotse - Kurs Nord/Specials/Sternenlotse - Kurs Nord - S00E01 - The Long Way Home [de-dub].mp4", preview.FindAll("li")[1].TextContent);
    }

    [Fact]
    public async Task A_template_that_cannot_be_used_shows_no_names()
    {
        var preview = _world.Render<NamingPreview>(parameters => parameters.AddCascadingValue(_draft));

        await preview.InvokeAsync(() => _draft.Set("naming.episode", "{name"));

        Assert.Empty(preview.FindAll("li"));
        Assert.Equal(NamingTexts.Of("PreviewNone"), preview.Find(".setting-help").TextContent);
    }
}

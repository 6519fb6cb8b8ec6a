using AniWorld.Blazor.Welcome;
using AniWorld.Services.Configuration;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Welcome;

public sealed class WelcomePageTests : IAsyncDisposable
{
    private readonly PageWorld _world = new();

    private AniWorldOptions Settings => _world.Services.GetRequiredService<ConfigService>().Current;

    private string Address => new Uri(_world.Services.GetRequiredService<NavigationManager>().Uri).AbsolutePath;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Without_a_step_it_begins_with_the_first()
    {
        _world.Render<WelcomePage>();

        Assert.Equal("/welcome/folder", Address);
    }

    [Fact]
    public void A_preset_of_names_is_previewed_then_saved_and_the_next_step_comes()
    {
        var page = Show("names");
        page.WaitForAssertion(() => Assert.Contains("Season 02/", page.Find(".naming-preview").TextContent, StringComparison.Ordinal));

        page.FindAll("input[type=radio]")[2].Change(true);
        page.WaitForAssertion(() => Assert.Contains("Staffel 02/", page.Find(".naming-preview").TextContent, StringComparison.Ordinal));
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal("/welcome/languages", Address));
        Assert.StartsWith("Staffel {season:00}/", Settings.Naming.Episode, StringComparison.Ordinal);
    }

    [Fact]
    public void Languages_are_saved_as_the_usual_profile()
    {
        var page = Show("languages");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("input[type=radio]")));

        page.FindAll("input[type=radio]")[3].Change(true);
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal("/welcome/source", Address));
        var profile = Assert.Single(Settings.Languages.Profiles);
        Assert.Equal(["en-dub", "en-sub"], profile.Order);
        Assert.Equal("en-dub", profile.Cutoff);
    }

    [Fact]
    public void What_was_chosen_as_it_was_counts_as_done_and_the_set_up_goes_on_with_what_is_open()
    {
        var page = Show("names");
        page.WaitForAssertion(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("/welcome/languages", Address));
        page = Show("languages");
        page.WaitForAssertion(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("/welcome/source", Address));
        page = Show("source");
        page.WaitForAssertion(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("/welcome/done", Address));

        _world.Render<WelcomePage>();

        Assert.Equal("/welcome/folder", Address);
        Assert.Equal(3, Show("done").FindAll(".welcome-steps .visually-hidden").Count);
    }

    [Fact]
    public void Other_pages_lead_to_the_first_steps_until_they_are_left()
    {
        var page = Show("folder");
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".welcome-leave button")));
        var hint = _world.Render<WelcomeHint>();
        Assert.Contains("Library, File names, Languages, Source", hint.Markup, StringComparison.Ordinal);
        Assert.Equal("welcome", hint.Find("a").GetAttribute("href"));

        page.Find(".welcome-leave button").Click();

        page.WaitForAssertion(() => Assert.Equal("/", Address));
        Assert.True(Settings.Ui.WelcomeDone);
        Assert.Equal("", _world.Render<WelcomeHint>().Markup.Trim());
    }

    [Fact]
    public void Other_pages_no_longer_lead_to_the_first_steps_once_their_end_was_reached()
    {
        var page = Show("done");

        page.WaitForAssertion(() => Assert.True(Settings.Ui.WelcomeDone));
        Assert.Equal("", _world.Render<WelcomeHint>().Markup.Trim());
        Assert.Equal(4, page.FindAll(".page-note a").Count);
    }

    [Fact]
    public void A_source_is_off_until_it_is_switched_on()
    {
        var page = Show("source");
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-setting='providers.aniworld.enabled']")));
        Assert.DoesNotContain(Settings.Providers, provider => provider.Value.Enabled);

        page.Find("[data-setting='providers.aniworld.enabled'] input").Change(true);
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal("/welcome/done", Address));
        Assert.True(Settings.Providers["aniworld"].Enabled);
    }

    [Fact]
    public async Task A_folder_is_tried_and_a_bad_one_does_not_go_on()
    {
        var page = Show("folder");
        page.WaitForAssertion(() => Assert.Contains("AniWorld can write there.", page.Find(".welcome-good").TextContent, StringComparison.Ordinal));
        var file = Path.Join(Path.GetTempPath(), $"aniworld-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "", Xunit.TestContext.Current.CancellationToken);
        try
        {
            page.Find("[data-setting=anime_directory] input, input[data-setting=anime_directory]").Change(file);
            page.Find("form").Submit();

            page.WaitForAssertion(() => Assert.Contains("is a file", page.Find(".welcome-bad").TextContent, StringComparison.Ordinal));
            Assert.NotEqual(file, Settings.AnimeDirectory);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private IRenderedComponent<WelcomePage> Show(string step) => _world.Render<WelcomePage>(parameters => parameters.Add(page => page.Step, step));
}

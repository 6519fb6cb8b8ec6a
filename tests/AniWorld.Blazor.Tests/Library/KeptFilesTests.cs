using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor;
using TestContext = Xunit.TestContext;

namespace AniWorld.Blazor.Tests.Library;

/// <summary>What a series' page does about files that are there: renaming them, fetching damaged ones again.</summary>
public sealed class KeptFilesTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    private string Library => _world.Services.GetRequiredService<IOptionsMonitor<AniWorldOptions>>().CurrentValue.AnimeDirectory;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_damaged_file_is_marked_and_fetched_again_on_request()
    {
        var page = Open(file => file.Problem = "truncated: /library/x.mp4 is not complete");
        var row = page.Find("[data-episode=S01E01]");
        Assert.Equal("damaged", row.GetAttribute("data-state"));
        Assert.Equal(KeepingTexts.Of("Damage_truncated"), page.Find(".episode-why").TextContent);

        await page.Find($"button[aria-label='{KeepingTexts.Of("FetchAgainOf", "S01E01")}']").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("queued", page.Find("[data-episode=S01E01]").GetAttribute("data-state")), Patience);
        Assert.Single(Directory.EnumerateFiles(Path.Join(Library, ".aniworld", "trash"), "*.mp4", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Files_are_renamed_after_a_look_at_what_that_does()
    {
        var dialogs = _world.Render<MudDialogProvider>();
        var page = Open(_ => { });

        // The click's task ends with the dialog that it opens.
        var click = page.Find($"button[aria-label='{KeepingTexts.Of("RenameFilesOf", "Mondlotse")}']").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(".rename-list li")), Patience);
        Assert.Contains("a 01.mp4", dialogs.Find(".rename-list del").TextContent, StringComparison.Ordinal);
        await dialogs.Find(".rename-do").ClickAsync(new());
        await click.WaitAsync(Patience);

        var renamed = Path.Join(Library, "Mondlotse (2020)", "Season 01", "Mondlotse - S01E01 - Mondlotse 1 [de-dub].mp4");
        Assert.True(File.Exists(renamed));
        Assert.False(File.Exists(Path.Join(Library, "Mondlotse (2020)", "a 01.mp4")));
    }

    [Fact]
    public async Task A_file_that_cannot_have_its_old_name_back_is_told_of()
    {
        var dialogs = _world.Render<MudDialogProvider>();
        var page = Open(_ => { });
        Assert.IsType<Services.Library.RenameResult.Renamed>(await _world.Services.GetRequiredService<Services.Library.BulkRename>().RunAsync("mond-lotse", TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(Path.Join(Library, "Mondlotse (2020)", "a 01.mp4"), "other", TestContext.Current.CancellationToken);

        var click = page.Find($"button[aria-label='{KeepingTexts.Of("RenameFilesOf", "Mondlotse")}']").ClickAsync(new());
        await dialogs.WaitForElement(".rename-undo", Patience).ClickAsync(new());
        await click.WaitAsync(Patience);

        _world.Messages.WaitForAssertion(
            () => Assert.Contains(KeepingTexts.Of("Kept_One", KeepingTexts.Of("Obstacle_NameTaken", "a 01.mp4")), _world.Messages.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task The_language_of_a_file_is_said_from_its_row_the_bar_or_the_head_and_undone()
    {
        var page = Open(file => file.Language = Language.Unknown);
        await page.Find(".episode-select").ClickAsync(new());
        Assert.NotNull(page.Find($".selection-bar button[aria-label='{SeriesTexts.Of("SayLanguage")}']"));

        await page.Find($".episode button[aria-label='{SeriesTexts.Of("SayLanguageOf", "S01E01")}']").ClickAsync(new());
        await ChooseAsync(Language.EnSub);
        page.WaitForAssertion(() => Assert.Equal("en-sub", Stored()), Patience);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".file-language")), Patience);
        await _world.Messages.WaitForElement(".mud-snackbar-content-action button", Patience).ClickAsync(new());
        Assert.Equal("unknown", Stored());

        _world.Happens(new SeriesChanged("mond-lotse", "Mondlotse (2020)"));
        _world.Eventually(() => Assert.NotNull(page.Find($".series-head button[aria-label='{SeriesTexts.Count("SayLanguageOfFiles", 1)}']")));
        await page.Find(".series-head .file-language button").ClickAsync(new());
        await ChooseAsync(Language.DeDub);
        page.WaitForAssertion(() => Assert.Equal("de-dub", Stored()), Patience);

        async Task ChooseAsync(Language language) =>
            await _world.Popovers.WaitForElements(".mud-menu-item", Patience).Single(item => item.TextContent.Trim() == LanguageName.Long(language)).ClickAsync(new());

        string Stored()
        {
            using var database = _world.Database();
            return database.EpisodeFiles.Single().Language.Code;
        }
    }

    private IRenderedComponent<SeriesPage> Open(Action<EpisodeFile> change)
    {
        var folder = Directory.CreateDirectory(Path.Join(Library, "Mondlotse (2020)")).FullName;
        Directory.CreateDirectory(Path.Join(Library, ".aniworld"));
        File.WriteAllText(Path.Join(folder, "a 01.mp4"), "video");
        _world.AddSeries("Mondlotse", episodes: 1);
        using (var database = _world.Database())
        {
            var file = new EpisodeFile { EpisodeId = database.Episodes.Single().Id, Language = Language.DeDub, Path = "Mondlotse (2020)/a 01.mp4", Size = 5 };
            change(file);
            database.Add(file);
            database.SaveChanges();
        }

        var page = _world.Render<SeriesPage>(parameters => parameters.Add(p => p.Key, "mond-lotse"));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-episode=S01E01]")), Patience);
        return page;
    }
}

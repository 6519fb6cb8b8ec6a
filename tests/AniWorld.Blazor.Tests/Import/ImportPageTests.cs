using AniWorld.Blazor.Import;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Import;

public sealed class ImportPageTests : IAsyncDisposable
{
    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void A_library_that_nobody_looked_through_says_what_to_do()
    {
        var page = _world.Render<ImportPage>();

        page.WaitForAssertion(() => Assert.Equal("Your library was not looked through yet", page.Find(".state-title").TextContent));
    }

    [Fact]
    public void Folders_are_listed_with_their_videos_and_ignored_ones_apart()
    {
        AddFolder("Mondlotse (2020)", 12);
        AddFolder("Urlaub 2019", 1);

        var page = _world.Render<ImportPage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".import-row").Count));
        Assert.Contains("12 videos", page.Find("[data-folder='Mondlotse (2020)']").TextContent, StringComparison.Ordinal);
        page.Find("[data-folder='Urlaub 2019'] .mud-icon-button").Click();
        _world.Eventually(() => Assert.Single(page.FindAll(".import-row")));
        Assert.Equal("Urlaub 2019", page.Find(".import-ignored-row span").TextContent);
        Assert.Equal(["Urlaub 2019"], _world.Services.GetRequiredService<ConfigService>().Current.Library.IgnoredFolders);

        page.Find(".import-ignored-row button").Click();
        _world.Eventually(() => Assert.Equal(2, page.FindAll(".import-row").Count));
    }

    [Fact]
    public void A_folder_of_a_series_is_not_listed()
    {
        AddFolder("Mondlotse (2020)", 12);
        _world.AddSeries("Mondlotse", 1);
        using (var database = _world.Database())
        {
            database.Add(new ScanRun { Id = Guid.NewGuid(), State = ScanState.Completed, StartedAt = _world.Time.GetUtcNow() });
            database.SaveChanges();
        }

        var page = _world.Render<ImportPage>();

        page.WaitForAssertion(() => Assert.Equal("Every folder belongs to a series", page.Find(".state-title").TextContent));
    }

    [Fact]
    public void Where_there_is_no_old_installation_the_page_says_so()
    {
        var page = _world.Render<ImportPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".import-old-form")));

        page.FindAll(".import-old-form input")[0].Change(Path.GetTempPath());
        page.Find(".import-old-form").Submit();

        page.WaitForAssertion(() => Assert.StartsWith("There is no old installation", page.Find(".import-old .page-note").TextContent, StringComparison.Ordinal));
    }

    private void AddFolder(string name, int files)
    {
        using var database = _world.Database();
        database.Add(new LibraryFolder { Path = name, Files = files, Size = files << 20, GuessedName = name });
        database.SaveChanges();
    }
}

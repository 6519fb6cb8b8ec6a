using AniWorld.Blazor.Configuration;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using TestContext = Xunit.TestContext;

namespace AniWorld.Blazor.Tests.Configuration;

public sealed class BackupsPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    private BackupService Backups => _world.Services.GetRequiredService<BackupService>();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Without_backups_the_page_says_when_there_will_be_one()
    {
        var page = Show();

        Assert.Equal(BackupTexts.Of("EmptyTitle"), page.Find(".state-title").TextContent);
        Assert.Equal(BackupTexts.Of("EmptyText"), page.Find(".state-text").TextContent);
    }

    [Fact]
    public async Task A_backup_that_is_made_is_listed_with_why_and_what_it_holds()
    {
        var page = Show();

        await Button(page, "Make").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".backup-row")), Patience);
        Assert.Contains(BackupTexts.Reason(BackupReason.Manual), page.Find(".backup-meta").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [BackupTexts.Part("config"), BackupTexts.Part("database")], page.FindAll(".backup-row .chip").Select(chip => chip.TextContent));
        Assert.Equal($"api/config/backups/{Backups.List()[0].Name}", page.Find(".backup-row a").GetAttribute("href"));
        Assert.False(Button(page, "Make").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Restoring_asks_which_parts_and_does_it()
    {
        var dialogs = _world.Render<MudDialogProvider>();
        var config = _world.Services.GetRequiredService<ConfigService>();
        await config.PutAsync(System.Text.Json.JsonDocument.Parse("""{"downloads": {"parallel": 5}}""").RootElement, TestContext.Current.CancellationToken);
        await Backups.MakeAsync(cancellationToken: TestContext.Current.CancellationToken);
        await config.PutAsync(System.Text.Json.JsonDocument.Parse("""{"downloads": {"parallel": 6}}""").RootElement, TestContext.Current.CancellationToken);
        _world.AddSeries("Mondlotse", 1);
        var page = Show();
        var archive = page.FindAll(".backup-row").Single(row => row.GetAttribute("data-backup")!.EndsWith(".zip", StringComparison.Ordinal));

        // Ends only when the question is answered.
        var restoring = archive.QuerySelector(".row-actions button")!.ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Equal(2, dialogs.FindAll("input[type=checkbox]").Count), Patience);
        await dialogs.FindAll("input[type=checkbox]")[1].ChangeAsync(new() { Value = false });
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == BackupTexts.Of("RestoreConfirm")).ClickAsync(new());

        await restoring.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(5, config.Current.Downloads.Parallel);
        await using var database = _world.Database();
        Assert.Single(database.Series);
    }

    [Fact]
    public async Task Deleting_asks_first()
    {
        var dialogs = _world.Render<MudDialogProvider>();
        await Backups.MakeAsync(cancellationToken: TestContext.Current.CancellationToken);
        var page = Show();

        var deleting = page.FindAll(".backup-row button")[^1].ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains(BackupTexts.Of("DeleteTitle"), dialogs.Markup, StringComparison.Ordinal), Patience);
        Assert.Single(Backups.List());
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == BackupTexts.Of("Delete")).ClickAsync(new());

        await deleting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".state-message")), Patience);
        Assert.Empty(Backups.List());
    }

    [Fact]
    public void A_file_that_is_no_backup_is_refused_and_the_page_goes_on()
    {
        var snackbars = _world.Render<MudSnackbarProvider>();
        var page = Show();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("no zip", "backup.zip"));

        snackbars.WaitForAssertion(() => Assert.Contains("no zip file", snackbars.Markup, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.False(Button(page, "Make").HasAttribute("disabled")), Patience);
        Assert.Empty(Backups.List());
    }

    [Fact]
    public void Every_text_is_there_in_german_too()
    {
        foreach (var texts in new[] { typeof(BackupTexts), typeof(Repair.RepairTexts) }.Select(type => new System.Resources.ResourceManager(type)))
        {
            var english = Names("");
            Assert.NotEmpty(english);
            Assert.Equal(english, Names("de"));

            List<string> Names(string culture) =>
                [.. texts.GetResourceSet(new(culture), createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(text => (string)text.Key).Order()];
        }
    }

    private IRenderedComponent<BackupsPage> Show()
    {
        var page = _world.Render<BackupsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".backup-row, .state-message")), Patience);
        return page;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<BackupsPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == BackupTexts.Of(text));
}

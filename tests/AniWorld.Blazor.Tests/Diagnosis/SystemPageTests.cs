using AniWorld.Blazor.Diagnosis;
using Bunit;

namespace AniWorld.Blazor.Tests.Diagnosis;

public sealed class SystemPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void What_is_not_well_comes_first_and_says_where_it_is_mended()
    {
        var page = Shown();

        var rows = page.FindAll(".health-row");
        Assert.Equal(Names.Order(StringComparer.Ordinal), rows.Select(row => row.GetAttribute("data-check")).Order(StringComparer.Ordinal));
        var states = rows.Select(row => row.GetAttribute("data-state")).ToList();
        Assert.Equal(states.OrderBy(state => state switch { "failed" => 0, "warning" => 1, _ => 2 }), states);
        Assert.All(rows.Where(row => row.GetAttribute("data-state") != "ok"), row => Assert.NotNull(row.QuerySelector("a[href]")));

        // Nothing works off the queue in this world, and no source is on.
        Assert.Equal("logs?level=warning", Row(page, "worker").QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("settings#sources", Row(page, "sources").QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains(SystemTexts.Of("Health_sources_none"), Row(page, "sources").TextContent, StringComparison.Ordinal);
        Assert.Equal("ok", Row(page, "database").GetAttribute("data-state"));
        Assert.Equal("ok", Row(page, "library").GetAttribute("data-state"));
    }

    [Fact]
    public void It_says_what_runs_where_and_leads_to_what_belongs_to_it()
    {
        var page = Shown();

        var facts = page.FindAll(".system-facts")[0].TextContent;
        Assert.Contains(Environment.Version.ToString(), facts, StringComparison.Ordinal);
        Assert.Contains(Data.Sqlite.SqliteDatabase.NativeVersion.ToString(), facts, StringComparison.Ordinal);
        Assert.Equal(4, page.FindAll(".system-facts")[1].QuerySelectorAll("code").Length);
        Assert.Equal(["access", "settings/backups", "logs", "tasks", "api/docs"], page.FindAll(".system-link a").Select(link => link.GetAttribute("href")));
        Assert.NotEmpty(page.FindAll("a[href='system/support-bundle'][download]"));
    }

    private static readonly string[] Names =
        ["database", "library", "disk", "sources", "worker", "configuration", "data_disk", "backups", "tasks", "ffmpeg", "ffprobe", "yt-dlp"];

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<SystemPage> page, string check) => page.Find($"[data-check={check}]");

    private IRenderedComponent<SystemPage> Shown()
    {
        var page = _world.Render<SystemPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".health-row")), Patience);
        return page;
    }
}

using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Catalogue.YtDlp;

/// <summary>The installed yt-dlp against a site on loopback: a feed is a list to it, as a playlist is.</summary>
public sealed class YtDlpProviderTests : IAsyncLifetime
{
    private static readonly string? Installed = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Join(folder, "yt-dlp")).FirstOrDefault(File.Exists);

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-ytdlp-").FullName;
    private LocalSite _site = null!;
    private TestHost _host = null!;

    private ISeriesProvider Provider => _host.Get<ProviderRegistry>().All.Single(provider => provider.Name == "yt-dlp");

    private Uri Feed => new(_site.Address, "/feed.xml");

    public async ValueTask InitializeAsync()
    {
        _site = await LocalSite.StartAsync();
        _site.Page("/feed.xml", $"""
            <?xml version="1.0"?><rss version="2.0"><channel><title>Mondlotse</title><description>Alle Folgen</description>
            <item><title>Folge 2 (OmU)</title><link>http://{_site.Authority}/two.mp4</link></item>
            <item><title>Folge 1 (Deutsch)</title><link>http://{_site.Authority}/one.mp4</link></item></channel></rss>
            """, "application/rss+xml");
        _site.File("/one.mp4", [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0, .. "mp42isom"u8], "video/mp4");
        _host = new TestHost(_site.Authority);
        Use(Installed);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_list_is_a_series_of_one_season_and_its_episodes_lead_to_videos()
    {
        Assert.SkipWhen(Installed is null, "yt-dlp is not installed");
        var key = Provider.RecogniseLink(Feed)!;
        Assert.Matches("^127-0-0-1-feed-xml-[0-9a-f]{8}$", key);

        var series = await Provider.GetSeriesAsync(key, TestContext.Current.CancellationToken);
        var link = Assert.Single(await Provider.GetHosterLinksAsync(new EpisodeKey(key, 1, 1), TestContext.Current.CancellationToken));
        var stream = await _host.Get<StreamResolverChain>().ResolveAsync(link, TestContext.Current.CancellationToken);

        Assert.Equal("Mondlotse", series!.Name);
        Assert.Equal(
            ["1 Folge 1 (Deutsch) de-dub", "2 Folge 2 (OmU) de-sub"],
            series.Episodes.Select(one => $"{one.Number} {one.Titles["en"]} {Assert.Single(one.Languages)}"));
        Assert.Equal(Language.DeDub, link.Language);
        Assert.Equal((TransferKind.File, "/one.mp4"), (stream.Main.Transfer, stream.Main.Url.AbsolutePath));
        Assert.Equal(1, _site.Count("/feed.xml"));
    }

    [Fact]
    public async Task What_leads_into_a_private_network_is_not_asked()
    {
        Assert.SkipWhen(Installed is null, "yt-dlp is not installed");
        _host.Options.CurrentValue = _host.Options.CurrentValue with { Network = new NetworkOptions() };

        var fault = await Assert.ThrowsAsync<FaultException>(() => Provider.GetSeriesAsync(Provider.RecogniseLink(Feed)!, TestContext.Current.CancellationToken));

        Assert.Equal("blocked_address", fault.Code);
        Assert.Empty(_site.Requests);
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_told_by_its_status()
    {
        Assert.SkipWhen(Installed is null, "yt-dlp is not installed");
        var key = Provider.RecogniseLink(new Uri(_site.Address, "/gone.xml"))!;

        var fault = await Assert.ThrowsAsync<FaultException>(() => Provider.GetSeriesAsync(key, TestContext.Current.CancellationToken));

        Assert.Equal("http_404", fault.Code);
    }

    [Fact]
    public async Task Without_the_tool_there_is_a_hint_and_nothing_else_changes()
    {
        Use(Path.Join(_folder, "not-there"));
        var key = Provider.RecogniseLink(Feed)!;

        var fault = await Assert.ThrowsAsync<FaultException>(() => Provider.GetSeriesAsync(key, TestContext.Current.CancellationToken));
        var unresolved = await Assert.ThrowsAsync<FaultException>(() => _host.Get<StreamResolverChain>().ResolveAsync(
            new HosterLink(Language.DeDub, "x", Feed, Feed, IsYtDlp: true), TestContext.Current.CancellationToken));

        Assert.Equal(("tool_missing", "tool_missing"), (fault.Code, unresolved.Code));
        Assert.Contains("apt install yt-dlp", Provider.Hint, StringComparison.Ordinal);
        Assert.Empty(await Provider.SearchAsync("x", TestContext.Current.CancellationToken));
        Assert.Empty(_site.Requests);
    }

    [Fact]
    public async Task The_address_is_one_argument_behind_a_double_dash_and_no_shell_sees_it()
    {
        Use(Script("""printf '%s\n' "$@" > "$(dirname "$0")/arguments"; echo '{"title": "x", "webpage_url": "https://v.example/x"}'"""));
        var link = new Uri("https://v.example/$(touch%20/tmp/x)?a=';rm&--exec=ls");

        await Provider.GetSeriesAsync(Provider.RecogniseLink(link)!, TestContext.Current.CancellationToken);

        var arguments = await File.ReadAllLinesAsync(Path.Join(_folder, "arguments"), TestContext.Current.CancellationToken);
        Assert.Equal(["--", link.AbsoluteUri], arguments[^2..]);
        Assert.Equal("--ignore-config", arguments[0]);
        Assert.StartsWith("http://127.0.0.1:", arguments[Array.IndexOf(arguments, "--proxy") + 1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_list_of_a_channel_is_a_season()
    {
        Use(Script("""
            for last; do :; done
            case "$last" in
              */channel) echo '{"_type":"playlist","title":"Channel","entries":[{"_type":"url","ie_key":"YoutubeTab","title":"A","url":"https://v.example/a"},{"_type":"url","ie_key":"YoutubeTab","title":"B","url":"https://v.example/b"}]}';;
              */a) echo '{"_type":"playlist","entries":[{"title":"a1","url":"https://v.example/a1"},{"title":"a2","url":"https://v.example/a2"}]}';;
              *) echo '{"_type":"playlist","entries":[{"title":"b1","url":"https://v.example/b1"}]}';;
            esac
            """));
        _host.Options.CurrentValue = _host.Options.CurrentValue with
        {
            Providers = new Dictionary<string, ProviderOptions> { ["yt-dlp"] = new() { Enabled = true, Language = "en-sub" } },
        };

        var series = await Provider.GetSeriesAsync(Provider.RecogniseLink(new Uri("https://v.example/channel"))!, TestContext.Current.CancellationToken);

        Assert.Equal(["1x1 a1", "1x2 a2", "2x1 b1"], series!.Episodes.Select(one => $"{one.Season}x{one.Number} {one.Titles["en"]}"));
        Assert.All(series.Episodes, one => Assert.Equal([Language.EnSub], one.Languages));
    }

    [Theory]
    [InlineData("ERROR: Unsupported URL: https://v.example", "no_stream")]
    [InlineData("ERROR: [youtube] x: Sign in to confirm your age", "manual_action")]
    [InlineData("ERROR: [x] This video is DRM protected", "unsupported_encryption")]
    [InlineData("ERROR: Unable to download webpage: HTTP Error 503: Service Unavailable", "http_503")]
    [InlineData("Traceback: whatever", "tool_failed")]
    public async Task What_it_says_when_it_fails_has_a_name(string said, string code)
    {
        Use(Script($"echo '{said}' >&2; exit 1"));

        var fault = await Assert.ThrowsAsync<FaultException>(() =>
            Provider.GetSeriesAsync(Provider.RecogniseLink(new Uri("https://v.example/x"))!, TestContext.Current.CancellationToken));

        Assert.Equal(code, fault.Code);
    }

    [Fact]
    public async Task A_series_in_the_library_is_found_again_after_a_restart()
    {
        var key = Provider.RecogniseLink(Feed)!;
        await using (var database = _host.OpenDatabase())
        {
            database.Add(new AnimeSeries { Key = key, Name = "x", Site = "yt-dlp", Folder = "x", Link = Feed.AbsoluteUri, Provider = "yt-dlp" });
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var links = new Services.Catalogue.YtDlp.YtDlpLinks(_host.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<Data.AniWorldDbContext>>());

        Assert.Equal(Feed, links.Find(key));
        Assert.Equal(Feed, await links.FindAsync(key, TestContext.Current.CancellationToken));
        Assert.Null(links.Find("unknown-12345678"));
    }

    private void Use(string? tool) => _host.Options.CurrentValue = _host.Options.CurrentValue with
    {
        Tools = new ToolOptions { YtDlp = tool },
        Providers = new Dictionary<string, ProviderOptions> { ["yt-dlp"] = new() { Enabled = true } },
    };

    /// <summary>A stand-in that is run as the tool would be.</summary>
    private string Script(string body)
    {
        var path = Path.Join(_folder, "yt-dlp");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script is no program there");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}

using System.Text.Json;
using AniWorld.E2E.Processes;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Downloads;

/// <summary><c>aniworld fetch</c> as a process: files, what it says, and its exit codes.</summary>
public sealed class FetchCommandTests : IDisposable
{
    private const string Series = "kurz-und-knapp";
    private const int Interrupt = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-fetch-").FullName;

    [Fact]
    public async Task A_file_and_a_playlist_are_fetched_whole()
    {
        await using var site = await RunningSampleSite.StartAsync();

        var file = await FetchAsync("fetch", Address(site, "Rangeo"), "-o", At("a.mp4"), "--allow-private");
        var playlist = await FetchAsync("fetch", Address(site, "Streamly"), "-o", At("b.ts"), "--allow-private");

        Assert.Equal((0, ""), (file.ExitCode, file.Errors));
        Assert.Equal((0, ""), (playlist.ExitCode, playlist.Errors));
        Assert.Equal(site.ClipOf(Series, 1, 2, "Rangeo").Sha256, await LibraryFiles.Sha256Async(At("a.mp4")));
        Assert.Equal(site.ClipOf(Series, 1, 2, "Streamly").Sha256, await LibraryFiles.Sha256Async(At("b.ts")));
        Assert.Empty(LibraryFiles.Partials(_folder));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_130_and_the_next_run_goes_on()
    {
        await using var site = await RunningSampleSite.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        var slow = site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 20 });
        string[] arguments = ["fetch", Address(site, "Rangeo"), "-o", At("a.mp4"), "--allow-private", "--connections", "2"];
        using var first = FetchProcess.Start(arguments);
        await site.Requests.WaitForAsync(request => request.Range is { } range && !range.StartsWith("bytes=0-", StringComparison.Ordinal));

        first.Signal(Interrupt);
        var interrupted = await first.EndAsync();
        site.Faults.Remove(slow);
        Assert.Equal(130, interrupted.ExitCode);
        Assert.True(File.Exists(At("a.part")));
        Assert.True(File.Exists(At("a.part.json")));
        Assert.False(File.Exists(At("a.mp4")));

        var seen = site.Requests.All[^1].Number;
        Assert.Equal(0, (await FetchAsync(arguments)).ExitCode);
        Assert.All(site.Requests.All.Where(request => request.Number > seen), request => Assert.Contains("If-Range", request.Headers.Keys));
        Assert.Equal(site.ClipOf(Series, 1, 2, "Rangeo").Sha256, await LibraryFiles.Sha256Async(At("a.mp4")));
    }

    [Fact]
    public async Task A_list_is_only_done_when_every_file_is_complete()
    {
        await using var site = await RunningSampleSite.StartAsync();
        await File.WriteAllLinesAsync(At("list"), ["# two", $"{Address(site, "Rangeo")} one.mp4", "", $"{Address(site, "Streamly")} two.ts"]);
        string[] arguments = ["fetch", "--list", At("list"), "--dir", At("out"), "--parallel", "2", "--allow-private"];

        Assert.Equal(0, (await FetchAsync(arguments)).ExitCode);
        await File.AppendAllLinesAsync(At("list"), [$"{new Uri(site.BaseAddress, "/nothing/here.mp4")} three.mp4"]);
        var second = await FetchAsync(arguments);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("three.mp4: http_404: ", second.Errors);
        Assert.Contains("2 of 3 files complete", second.Output);
        Assert.Equal(["one.mp4", "two.ts"], LibraryFiles.Videos(At("out")).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task Json_has_an_object_on_each_line()
    {
        await using var site = await RunningSampleSite.StartAsync();

        var outcome = await FetchAsync("fetch", Address(site, "Rangeo"), "-o", At("a.mp4"), "--allow-private", "--json");

        var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal("complete", lines[^1].GetProperty("event").GetString());
        Assert.Equal(At("a.mp4"), lines[^1].GetProperty("file_path").GetString());
        Assert.All(lines[..^1], line => Assert.Equal("progress", line.GetProperty("event").GetString()));
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("serve", "--bogus")]
    [InlineData("--downloads.paralel", "4")]
    [InlineData("nonsense")]
    [InlineData("fetch")]
    [InlineData("fetch", "http://example.org/a.mp4")]
    [InlineData("fetch", "ftp://example.org/a.mp4", "-o", "a.mp4")]
    [InlineData("fetch", "http://example.org/a.mp4", "-o", "a.exe")]
    [InlineData("fetch", "http://example.org/a.mp4", "-o", "a.mp4", "--connections", "17")]
    [InlineData("fetch", "http://example.org/a.mp4", "-o", "a.mp4", "--downloads.attempts", "0")]
    public async Task What_cannot_be_meant_is_a_usage_error(params string[] arguments)
    {
        var outcome = await FetchAsync(arguments);

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.NotEmpty(outcome.Errors);
    }

    [Fact]
    public async Task This_machine_is_out_of_bounds_unless_it_is_allowed()
    {
        await using var site = await RunningSampleSite.StartAsync();

        var outcome = await FetchAsync("fetch", Address(site, "Rangeo"), "-o", At("a.mp4"));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("blocked_address", outcome.Errors);
        Assert.Contains("--allow-private", outcome.Errors);
        Assert.Empty(site.Requests.All);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Join(_folder, name);

    private static string Address(RunningSampleSite site, string hoster) => site.EntryOf(Series, 1, 2, hoster).AbsoluteUri;

    private static Task<FetchOutcome> FetchAsync(params string[] arguments) => FetchProcess.RunAsync(arguments);
}

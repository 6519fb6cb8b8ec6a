using AniWorld.E2E.Processes;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.CommandLine;

/// <summary>Commands while no server runs: each starts one of its own for as long as it takes.</summary>
public sealed class OwnServerTests : IDisposable
{
    private const string Series = "kurz-und-knapp";
    private const int Interrupt = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-own-").FullName;

    [Fact]
    public async Task A_library_can_be_kept_without_ever_starting_a_server()
    {
        await using var site = await StartAsync();

        var added = await RunAsync("add", new Uri(site.BaseAddress, $"/anime/stream/{Series}").AbsoluteUri);
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));

        var download = await RunAsync("download", Series, "--missing");
        Assert.Equal((0, ""), (download.ExitCode, download.Errors));
        Assert.Equal(3, LibraryFiles.Videos(Path.Join(_folder, "library")).Count);

        var list = await RunAsync("list");
        Assert.Equal($"{Series}\tKurz & knapp\t3/3\t0\t\n", list.Output);
        Assert.Equal("Nothing is missing.\n", (await RunAsync("list", "--missing")).Output);
        Assert.False(File.Exists(Path.Join(_folder, "data", "keys", "cli.token")));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_download_with_130_and_the_next_command_goes_on()
    {
        await using var site = await StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        await RunAsync("add", new Uri(site.BaseAddress, $"/anime/stream/{Series}").AbsoluteUri);
        var slow = site.Faults.Add(new Fault(FaultKind.Throttle) { BytesPerSecond = 100_000 });
        using var first = CommandProcess.Start(_folder, ["download", Series, "S01E01"]);
        await site.Requests.WaitForAsync(request => request.Path.StartsWith("/hoster/", StringComparison.Ordinal));

        first.Signal(Interrupt);
        Assert.Equal(130, (await first.EndAsync()).ExitCode);
        var waiting = (await RunAsync("queue", "--json")).Json;
        Assert.Equal(1, waiting.GetProperty("pending_queue").GetArrayLength());

        site.Faults.Remove(slow);
        Assert.Equal(0, (await RunAsync("download", Series, "S01E02")).ExitCode);
    }

    [Fact]
    public async Task Without_a_data_folder_nothing_is_made()
    {
        foreach (var command in new[] { "list", "scan", "queue", "password", "doctor" })
        {
            var outcome = await RunAsync(command);

            Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
            Assert.Contains("--data", outcome.Errors);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Doctor_ends_with_1_when_something_is_broken()
    {
        Directory.CreateDirectory(Path.Join(_folder, "data"));
        var well = await RunAsync("doctor", "--downloads.min_free_mb", "0", "--json");
        Assert.True(well.ExitCode == 0, well.Output + well.Errors);
        await File.WriteAllTextAsync(Path.Join(_folder, "data", "aniworld.db"), "no database");

        var broken = await RunAsync("doctor");

        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("error    database:", broken.Output);
        Assert.Equal("no database", await File.ReadAllTextAsync(Path.Join(_folder, "data", "aniworld.db")));
        Assert.Equal(3, (await RunAsync("doctor", "--profile", "nobody")).ExitCode);
        Assert.Equal(0, (await RunAsync("doctor", "--profile", "aniworld")).ExitCode);
    }

    [Theory]
    [InlineData("search")]
    [InlineData("add")]
    [InlineData("download", "key")]
    [InlineData("download", "key", "S1")]
    [InlineData("download", "key", "S01E01", "--missing")]
    [InlineData("download", "key", "S01E01", "--priority", "urgent")]
    [InlineData("queue", "explode")]
    [InlineData("config")]
    [InlineData("config", "set", "a")]
    [InlineData("import")]
    [InlineData("list", "--nonsense")]
    [InlineData("completion", "tcsh")]
    public async Task What_cannot_be_meant_is_a_usage_error(params string[] arguments)
    {
        var outcome = await RunAsync(arguments);

        Assert.Equal(2, outcome.ExitCode);
        Assert.NotEqual("", outcome.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_shell_is_told_what_can_follow()
    {
        Assert.Contains("queue", Lines(await RunAsync("[suggest:10]", "aniworld q")));
        Assert.Contains("pause", Lines(await RunAsync("[suggest:16]", "aniworld queue p")));
        Assert.Contains("--priority", Lines(await RunAsync("[suggest:24]", "aniworld download a --pr")));
        Assert.Contains("[suggest:", (await RunAsync("completion", "bash")).Output);

        static string[] Lines(CommandOutcome outcome) => outcome.Output.Split('\n');
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<CommandOutcome> RunAsync(params string[] arguments) => CommandProcess.RunAsync(_folder, arguments);

    /// <summary>The sample site, and a configuration that uses it.</summary>
    private async Task<RunningSampleSite> StartAsync(SampleSiteOptions? options = null)
    {
        var site = await RunningSampleSite.StartAsync(options);
        Directory.CreateDirectory(Path.Join(_folder, "data"));
        await File.WriteAllTextAsync(Path.Join(_folder, "data", "config.json"), $$$"""
            {
              "providers": {"aniworld": {"enabled": true, "base_url": "{{{site.BaseAddress}}}", "requests_per_minute": 6000}},
              "network": {"allow_private_hosts": ["{{{site.BaseAddress.Authority}}}"]},
              "downloads": {"min_free_mb": 0, "backoff_seconds": 0.05}
            }
            """);
        return site;
    }
}

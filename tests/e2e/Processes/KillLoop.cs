using System.Text.Json;
using AniWorld.SampleSite;

namespace AniWorld.E2E.Processes;

/// <summary>Fetches one video again and again while it is killed at random moments; what comes out is whole, or absent.</summary>
internal sealed class KillLoop(RunningSampleSite site, string hoster, string folder, string extension, int seed)
{
    private const string Series = "kurz-und-knapp";

    /// <summary>From before the first byte to after the last, on a slow machine too.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(4);

    private readonly Random _random = new(seed);
    private readonly Uri _address = site.EntryOf(Series, 1, 2, hoster);
    private readonly string _sha256 = site.ClipOf(Series, 1, 2, hoster).Sha256;
    private readonly string _target = Path.Join(folder, hoster);
    private IReadOnlyList<Stretch> _there = [];
    private int _seen;

    private string Final => $"{_target}.{extension}";

    /// <summary>So many kills, then one run to the end.</summary>
    public async Task RunAsync(int kills)
    {
        while (kills > 0)
        {
            using var fetch = Start();
            var killed = await fetch.KillAfterAsync(_random.NextDouble() * LongestRun);
            kills -= killed ? 1 : 0;
            if (!killed)
            {
                Assert.Equal(new FetchOutcome(0, "", ""), (await fetch.EndAsync()) with { Output = "" });
                Assert.True(File.Exists(Final));
            }

            AssertWentOn();
            await AssertWholeOrAbsentAsync();
        }

        var last = await FetchProcess.RunAsync(Arguments);
        Assert.Equal(0, last.ExitCode);
        Assert.True(File.Exists(Final), last.Output);
        AssertWentOn();
        await AssertWholeOrAbsentAsync();
        Assert.DoesNotContain(LibraryFiles.Partials(folder), path => Path.GetFileName(path).StartsWith(hoster, StringComparison.Ordinal));
    }

    private string[] Arguments => ["fetch", _address.AbsoluteUri, "-o", Final, "--allow-private", "--connections", "4", "--downloads.min_free_mb", "0"];

    private FetchProcess Start() => FetchProcess.Start(Arguments);

    /// <summary>What the journal vouched for before the run was not asked for again.</summary>
    private void AssertWentOn()
    {
        var requests = site.Requests.All.Where(request => request.Number > _seen && request.Path == _address.AbsolutePath).ToList();
        if (requests.Count > 0)
        {
            Resumption.AssertGoesOn(_there, requests);
        }

        _seen = site.Requests.All.Select(request => request.Number).DefaultIfEmpty(_seen).Max();
        _there = OnDisk();
    }

    private async Task AssertWholeOrAbsentAsync()
    {
        if (File.Exists(Final))
        {
            Assert.Equal(_sha256, await LibraryFiles.Sha256Async(Final));
            File.Delete(Final);
        }
    }

    /// <summary>Stretches of a direct download; a playlist's journal has segments in their place.</summary>
    private IReadOnlyList<Stretch> OnDisk()
    {
        var journal = _target + ".part.json";
        return File.Exists(journal) && JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(journal)) is var read && read.TryGetProperty("done", out _)
            ? LibraryFiles.Done(read)
            : [];
    }
}

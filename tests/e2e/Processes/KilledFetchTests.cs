using System.Globalization;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>kill -9 of <c>aniworld fetch</c> at random moments (FAULTS D1, D2, H14). <c>ANIWORLD_KILLS=200</c> makes a longer loop of it.</summary>
[Trait("Kind", "kill")]
public sealed class KilledFetchTests : IDisposable
{
    private const int Seed = 20261122;
    private const long Size = 32L << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-kill-").FullName;

    private static int Kills { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("ANIWORLD_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 50;

    [Fact]
    public async Task Fetches_that_are_killed_at_random_moments_end_byte_identical()
    {
        await using var site = await RunningSampleSite.StartAsync(new SampleSiteOptions { PadTo = Size });
        site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 2 << 20 });
        site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Streamly", BytesPerSecond = 48 << 10 });

        await Task.WhenAll(
            new KillLoop(site, "Rangeo", _folder, "mp4", Seed).RunAsync(Kills / 2),
            new KillLoop(site, "Streamly", _folder, "ts", Seed + 1).RunAsync(Kills - (Kills / 2)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

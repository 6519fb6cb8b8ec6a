using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>SIGTERM, as a service manager or <c>docker stop</c> sends it.</summary>
public sealed class StopSignalTests
{
    private const long Size = 16L << 20;

    [Fact]
    public async Task Asked_to_end_while_three_download_it_keeps_what_they_have_and_goes_on_after_the_next_start()
    {
        await using var server = await ReadyServer.StartAsync(new SampleSiteOptions { PadTo = Size }, "--downloads.connections", "2");
        var slow = server.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 20 });
        await server.AddAsync("kurz-und-knapp");
        var ids = await server.EnqueueAsync("kurz-und-knapp", "normal", 1, 1, 2, 3);
        await server.WaitForBytesAsync(1 << 20, downloads: 3);

        Assert.Equal(0, await server.Process.TerminateAsync(TimeSpan.FromSeconds(25)));

        var journals = LibraryFiles.Journals(server.Process.Library);
        Assert.Equal(3, journals.Count);
        Assert.All(journals.Values, journal => Assert.True(LibraryFiles.Done(journal).Sum(stretch => stretch.End - stretch.Start) >= 1 << 20));
        Assert.Equal(["Pending"], DatabaseFile.Ask(server.Process.Data, "SELECT DISTINCT Status FROM Downloads WHERE LeaseOwner IS NULL"));

        server.Site.Faults.Remove(slow);
        var seen = server.LastRequest;
        await server.Process.StartAgainAsync();
        foreach (var id in ids)
        {
            await server.WaitForStatusAsync(id, "completed");
        }

        for (var episode = 1; episode <= 3; episode++)
        {
            var file = LibraryFiles.Videos(server.Process.Library).Single(path => path.Contains($"S01E0{episode}", StringComparison.Ordinal));
            Assert.Equal(server.Site.ClipOf("kurz-und-knapp", 1, episode, "Rangeo").Sha256, await LibraryFiles.Sha256Async(file));
            var entry = server.Site.EntryOf("kurz-und-knapp", 1, episode, "Rangeo").AbsolutePath;
            Resumption.AssertGoesOn(
                LibraryFiles.Done(journals[Path.GetFileNameWithoutExtension(file)]),
                [.. server.MediaRequests(seen).Where(request => request.Path == entry)]);
        }
    }
}

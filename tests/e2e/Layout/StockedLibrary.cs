using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Layout;

/// <summary>Two servers to look at: one that nobody has set up, and one in use, with series on disk and downloads in every state.</summary>
public sealed class StockedLibrary : IAsyncLifetime
{
    private static readonly string[] Keys =
    [
        "kurz-und-knapp", "die-sternenbaecker-von-oevelgoenne", "halt-stop-basta-grenzfall-24-7", "img-src-x-im-netz",
        "nebelfahrt-nach-morgen", "drei-zungen", "papierdrachen-ag", "windspiel", "windspiel-2024", "ohne-alles",
    ];

    private SampleServer? _new;
    private SampleServer? _used;

    internal SampleServer New => _new!;

    internal SampleServer Used => _used!;

    public async ValueTask InitializeAsync()
    {
        _new = await SampleServer.StartAsync();
        // 8 MiB, of which 3 KiB/s arrive once it is throttled: two run as long as the tests of a class take.
        _used = await SampleServer.StartReadyAsync(
            new SampleSiteOptions { PadTo = 8 << 20 }, "--hosters.order.0", "Rangeo", "--downloads.parallel", "2", "--downloads.connections", "2", "--downloads.attempts", "1");
        await AddUnknownFoldersAsync(_used);
        foreach (var key in Keys)
        {
            await _used.AddAsync(key);
        }

        await _used.EnqueueAsync("kurz-und-knapp", (1, 1), (1, 2), (1, 3));
        await _used.EnqueueAsync("die-sternenbaecker-von-oevelgoenne", (1, 1), (1, 2), (1, 3));
        await UntilAsync("completed_downloads", 6);

        // One whose hosters are gone, then transfers that hardly move.
        _used.Site.Faults.Add(new Fault(FaultKind.Status) { Path = "/hoster/", Status = 404 });
        await _used.EnqueueAsync("windspiel", (1, 1));
        await UntilAsync("failed_downloads", 1);
        _used.Site.Faults.Clear();
        _used.Site.Faults.Add(new Fault(FaultKind.Throttle) { Path = "/hoster/", BytesPerSecond = 1536 });
        await _used.EnqueueAsync("papierdrachen-ag", (1, 1), (1, 2), (1, 3), (1, 4));
        await UntilAsync("active_downloads", 2);
    }

    public async ValueTask DisposeAsync()
    {
        if (_used is not null)
        {
            await _used.DisposeAsync();
        }

        if (_new is not null)
        {
            await _new.DisposeAsync();
        }
    }

    /// <summary>Folders that a scan finds and that are no series' yet.</summary>
    private static async Task AddUnknownFoldersAsync(SampleServer server)
    {
        foreach (var folder in (string[])["Alte Aufnahmen vom Dachboden (1987)", "Drei Zungen, erster Schnitt"])
        {
            var path = Directory.CreateDirectory(Path.Join(server.Server.Library, folder)).FullName;
            await File.WriteAllTextAsync(Path.Join(path, "Folge 01.mkv"), "video");
        }

        await server.PostAsync("/api/anime/rescan");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await server.GetAsync("/api/anime/rescan")).GetProperty("state").GetString() == "running")
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task UntilAsync(string list, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await Used.GetAsync("/api/queue/status")).GetProperty(list).GetArrayLength() < count)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}

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
        _used = await SampleServer.StartReadyAsync(null, "--hosters.order.0", "Rangeo", "--downloads.parallel", "2", "--downloads.attempts", "1");
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
        _used.Site.Faults.Add(new Fault(FaultKind.Throttle) { Path = "/hoster/", BytesPerSecond = 2 << 10 });
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

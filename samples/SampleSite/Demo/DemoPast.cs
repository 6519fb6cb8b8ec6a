using AniWorld.SampleSite.Faults;

namespace AniWorld.SampleSite.Demo;

/// <summary>What happened in the demo before anybody looks: series were added, episodes came over real downloads, one failed, others are on their way.</summary>
internal sealed class DemoPast(DemoApi api, RunningSampleSite site, string library)
{
    /// <summary>Slow enough that there is something to watch for some minutes; for each connection to a hoster.</summary>
    private const int BytesPerSecond = 192 << 10;

    /// <summary>Series, and the episodes of them that are on disk already.</summary>
    private static readonly (string Key, (int Season, int Number, string? Language)[] OnDisk)[] Library =
    [
        ("kurz-und-knapp", [(1, 1, null)]),
        ("papierdrachen-ag", [(1, 1, null), (1, 2, null), (2, 1, null)]),
        ("drei-zungen", [(1, 1, null), (1, 5, "en-sub"), (1, 7, "en-sub")]),
        ("nebelfahrt-nach-morgen", [(1, 1, null), (1, 2, null)]),
        ("die-sternenbaecker-von-oevelgoenne", [(1, 1, null), (1, 2, null), (1, 3, null)]),
        ("das-letzte-leuchtfeuer", []),
        ("ein-kanal-fuer-yuki", []),
        ("windspiel-2024", []),
    ];

    private static readonly (string Key, (int Season, int Number)[] Episodes)[] Came =
    [
        ("kurz-und-knapp", [(1, 2), (1, 3)]),
        ("die-sternenbaecker-von-oevelgoenne", [(1, 4), (1, 5), (1, 6)]),
        ("das-letzte-leuchtfeuer", [(0, 1)]),
        ("nebelfahrt-nach-morgen", [(1, 3)]),
        ("ein-kanal-fuer-yuki", [(1, 1), (1, 2)]),
    ];

    private static readonly (string Key, (int Season, int Number)[] Episodes) Failed = ("ein-kanal-fuer-yuki", [(1, 3)]);

    private static readonly (string Key, (int Season, int Number)[] Episodes)[] Running =
    [
        ("papierdrachen-ag", [(1, 3), (1, 4), (2, 2), (2, 3), (2, 4), (3, 1)]),
        ("die-sternenbaecker-von-oevelgoenne", [(1, 7), (1, 8), (1, 9), (1, 10), (1, 11), (1, 12)]),
        ("windspiel-2024", [(1, 1), (1, 2), (1, 3)]),
    ];

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, onDisk) in Library)
        {
            var folder = await api.AddAsync(new Uri(site.BaseAddress, $"/anime/stream/{key}"), cancellationToken);
            foreach (var episode in onDisk)
            {
                await DemoFiles.WriteEpisodeAsync(site, library, folder, key, episode, cancellationToken);
            }
        }

        await DemoFiles.WriteUnclaimedAsync(site, library, cancellationToken);
        await api.ScanAsync(cancellationToken);
        await FetchAsync(Came, cancellationToken);
        await api.QueueEndsAsync(cancellationToken);

        // Its only hoster has it no more; trying it again later goes well.
        site.Faults.Add(new Fault(FaultKind.Status) { Path = "/hoster/", Status = 404 });
        await FetchAsync([Failed], cancellationToken);
        await api.QueueEndsAsync(cancellationToken);
        site.Faults.Clear();

        site.Faults.Add(new Fault(FaultKind.Throttle) { Path = "/hoster/", BytesPerSecond = BytesPerSecond });
        await FetchAsync(Running, cancellationToken);
    }

    private async Task FetchAsync(IEnumerable<(string Key, (int Season, int Number)[] Episodes)> wanted, CancellationToken cancellationToken)
    {
        foreach (var (key, episodes) in wanted)
        {
            await api.FetchAsync(key, episodes, cancellationToken);
        }
    }
}

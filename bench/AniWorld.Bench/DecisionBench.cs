using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using BenchmarkDotNet.Attributes;

namespace AniWorld.Bench;

/// <summary>The decision over the 120,000 episodes of a large library: most of them on disk, some waiting, missing, failed or in the queue.</summary>
[InProcess, MemoryDiagnoser]
public class DecisionBench
{
    private const int Episodes = 120_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly LanguageProfile Profile = LanguageProfile.Default with { GraceDays = 7 };

    private (EpisodeFacts Facts, Offer[] Offers, Language[] Files, EpisodeHistory? History)[] _episodes = [];

    [GlobalSetup]
    public void Prepare() => _episodes = [.. Enumerable.Range(0, Episodes).Select(i => (
        new EpisodeFacts(Ignored: i % 50 == 0),
        OffersOf(i),
        i % 3 == 0 ? [] : new[] { i % 2 == 0 ? Language.DeDub : Language.EnSub },
        i % 20 == 0 ? new EpisodeHistory((i % 40 == 0) ? DownloadStatus.Failed : DownloadStatus.Pending, Language.DeSub, Now.AddDays(-2), Now, "http_404: It is gone.") : null))];

    [Benchmark]
    public int Decide()
    {
        var due = 0;
        foreach (var (facts, offers, files, history) in _episodes)
        {
            due += EpisodePolicy.Decide(facts, offers, files, Profile, history, Now).Fetch is null ? 0 : 1;
        }

        return due > 0 ? due : throw new InvalidOperationException("Nothing was due, so nothing was decided.");
    }

    private static Offer[] OffersOf(int i) =>
    [
        new(Language.EnSub, Now.AddDays(-(i % 40))),
        new(Language.DeSub, Now.AddDays(-(i % 20))),
        .. i % 5 == 0 ? [] : new[] { new Offer(Language.DeDub, Now.AddDays(-(i % 10))) },
    ];
}

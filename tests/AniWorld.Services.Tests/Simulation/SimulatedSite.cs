using System.Globalization;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Simulation;

/// <summary>A site whose series air weekly and are dubbed weeks later, by the clock. For a week, none of its pages reads.</summary>
/// <remarks>It counts what it is asked for, as the page fetcher does for a real one.</remarks>
internal sealed class SimulatedSite(SiteHealth health, SiteBudget budget, TimeProvider time) : ISeriesProvider
{
    public const int Series = 200;
    public const int EpisodesEach = 12;

    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset BrokenFrom = Begin.AddDays(120);

    private readonly Dictionary<DateOnly, int> _requests = [];

    public string Name => "year";

    public string Site => "year.example";

    public bool IsBroken => time.GetUtcNow() >= BrokenFrom && time.GetUtcNow() < BrokenFrom.AddDays(7);

    public IReadOnlyDictionary<DateOnly, int> RequestsByDay => _requests;

    /// <summary>Requests while it was broken.</summary>
    public int InVain { get; private set; }

    public static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"serie-{number:000}");

    /// <summary>When an episode comes up: each series has its own week of the year, day and hour.</summary>
    public static DateTimeOffset AiredAt(int series, int episode) =>
        Begin.AddDays((series * 11 % 180) + (7 * (episode - 1))).AddMinutes(series * 37 % 1440).AddMinutes(Late(series, episode));

    /// <summary>Every fifth series is never dubbed.</summary>
    public static bool HasDub(int series) => series % 5 != 0;

    /// <summary>Two to six weeks later.</summary>
    public static DateTimeOffset? DubbedAt(int series, int episode) =>
        !HasDub(series) ? null : AiredAt(series, episode).AddDays(7 * (2 + (series % 5))).AddMinutes(Late(series, episode + 3));

    public string? RecogniseLink(Uri link) => link.Host == Site ? link.Segments[^1] : null;

    public Uri LinkOf(string key) => new($"https://{Site}/{key}");

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string query, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<SearchHit>>(SitePages.Search, 1, () => []);

    public Task<CatalogueSeries?> GetSeriesAsync(string key, CancellationToken cancellationToken = default) =>
        AskAsync<CatalogueSeries?>(SitePages.Series, 2, () => new CatalogueSeries(key, $"Serie {NumberOf(key)}", LinkOf(key), 2026, null, null, Episodes(NumberOf(key))));

    public Task<IReadOnlyList<HosterLink>> GetHosterLinksAsync(EpisodeKey episode, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<HosterLink>>(SitePages.Episode, 1, () =>
            [.. Languages(NumberOf(episode.SeriesKey), episode.Number).Select(language =>
                new HosterLink(language, "Hoster", LinkOf(episode.SeriesKey), LinkOf(episode.SeriesKey)))]);

    private static double Late(int series, int episode) => (series * 31 + episode * 17) % 120;

    private static int NumberOf(string key) => int.Parse(key.AsSpan(6), CultureInfo.InvariantCulture);

    private List<CatalogueEpisode> Episodes(int series) =>
    [
        .. Enumerable.Range(1, EpisodesEach).Where(number => AiredAt(series, number) <= time.GetUtcNow()).Select(number => new CatalogueEpisode(
            1, number, new Dictionary<string, string> { ["de"] = $"Folge {number}" }, Languages(series, number), ["Hoster"])),
    ];

    private List<Language> Languages(int series, int episode) =>
    [
        .. AiredAt(series, episode) <= time.GetUtcNow() ? (Language[])[Language.DeSub] : [],
        .. DubbedAt(series, episode) <= time.GetUtcNow() ? (Language[])[Language.DeDub] : [],
    ];

    private Task<T> AskAsync<T>(string page, int requests, Func<T> answer) => health.AskAsync(Name, page, () =>
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        for (var i = 0; i < requests; i++)
        {
            budget.Spend(Name);
            _requests[today] = _requests.GetValueOrDefault(today) + 1;
        }

        if (IsBroken)
        {
            InVain += requests;
            throw new PageLayoutException("fault_layout_title", "h1.title");
        }

        return Task.FromResult(answer());
    });
}

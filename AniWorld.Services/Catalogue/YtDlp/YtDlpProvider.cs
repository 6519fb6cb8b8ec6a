using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue.YtDlp;

/// <summary>Playlists and channels as series, one playlist being one season, through the installed <c>yt-dlp</c>. It cannot search.</summary>
internal sealed class YtDlpProvider(
    YtDlpTool tool, YtDlpLinks links, SiteHealth health, SiteBudget budget, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
    : ISeriesProvider, IDisposable
{
    public const string ProviderName = "yt-dlp";

    /// <summary>A channel with more lists is not asked for all of them.</summary>
    private const int MostLists = 50;

    /// <summary>How long a list counts as read when an episode of it is fetched: each reading takes seconds, and a season has many episodes.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = 50 });
    private readonly SemaphoreSlim _one = new(1);

    public string Name => ProviderName;

    public string Site => ProviderName;

    public bool CanSearch => false;

    public string? Hint => tool.IsInstalled ? null : YtDlpTool.Missing().Message;

    /// <summary>Any address: only yt-dlp knows what it can read, and it is asked when the series is added.</summary>
    public string? RecogniseLink(Uri link) => WebAddress.IsWeb(link) ? links.Remember(link) : null;

    public Uri LinkOf(string key) => links.Find(key) ?? new Uri($"https://yt-dlp.invalid/{key}");

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string query, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SearchHit>>([]);

    public async Task<CatalogueSeries?> GetSeriesAsync(string key, CancellationToken cancellationToken = default)
    {
        if (await links.FindAsync(key, cancellationToken) is not { } link)
        {
            return null;
        }

        var series = await ReadAsync(link, cancellationToken);
        var episodes = series.Seasons.SelectMany((videos, place) => videos.Select(video => EpisodeOf(place + 1, video))).ToList();
        return new CatalogueSeries(key, series.Title, link, Year: null, series.Description, series.Cover, episodes);
    }

    public async Task<IReadOnlyList<HosterLink>> GetHosterLinksAsync(EpisodeKey episode, CancellationToken cancellationToken = default)
    {
        if (await links.FindAsync(episode.SeriesKey, cancellationToken) is not { } link)
        {
            return [];
        }

        var series = Known(link) ?? await ReadAsync(link, cancellationToken);
        return series.Seasons.ElementAtOrDefault(episode.Season - 1)?.FirstOrDefault(one => one.Number == episode.Number) is { Link: { } page } video
            ? [new HosterLink(LanguageOf(video), video.Hoster, page, page, IsYtDlp: true)]
            : [];
    }

    public void Dispose()
    {
        _read.Dispose();
        _one.Dispose();
    }

    private CatalogueEpisode EpisodeOf(int season, YtDlpVideo video) => new(
        season,
        video.Number,
        video.Title is { } title ? new Dictionary<string, string> { ["en"] = title } : [],
        video.Link is null ? [] : [LanguageOf(video)],
        video.Link is null ? [] : [video.Hoster]);

    private Language LanguageOf(YtDlpVideo video) => TitleLanguage.Of(video.Title)
        ?? (Language.TryParse(options.CurrentValue.Providers.GetValueOrDefault(Name)?.Language, out var configured) ? configured : Language.Unknown);

    private SeriesOfLists? Known(Uri link) =>
        _read.Get<SeriesOfLists>(link) is { } known && time.GetElapsedTime(known.ReadAt) < Fresh ? known : null;

    /// <remarks>One at a time: that is what sites bear, and what a small machine does.</remarks>
    private async Task<SeriesOfLists> ReadAsync(Uri link, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var whole = await AskAsync(link, cancellationToken);
            var lists = whole.Lists.Take(MostLists).ToList();
            var seasons = new List<IReadOnlyList<YtDlpVideo>>();
            foreach (var list in lists)
            {
                seasons.Add((list.IsWhole ? list : await AskAsync(list.Address, cancellationToken)).Videos);
            }

            var series = new SeriesOfLists(whole.Title, whole.Description, whole.Cover, lists.Count > 0 ? seasons : [whole.Videos], time.GetTimestamp());
            _read.Set(link, series, new MemoryCacheEntryOptions { Size = 1 });
            return series;
        }
        finally
        {
            _one.Release();
        }
    }

    private Task<YtDlpListing> AskAsync(Uri link, CancellationToken cancellationToken) => health.AskAsync(Name, SitePages.Series, async () =>
    {
        budget.Spend(Name);
        using var answer = await tool.AskAsync(link, ["--flat-playlist", "--yes-playlist", "--playlist-end", $"{YtDlpListing.MostVideos}"], cancellationToken);
        return new YtDlpListing(answer.RootElement.Clone(), link);
    });

    private sealed record SeriesOfLists(
        string Title, string? Description, Uri? Cover, IReadOnlyList<IReadOnlyList<YtDlpVideo>> Seasons, long ReadAt);
}

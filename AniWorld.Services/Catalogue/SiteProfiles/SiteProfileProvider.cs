using AngleSharp.Html.Dom;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Telemetry;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>A catalogue site that is described by a profile. Alone sends requests; its documents read what comes.</summary>
internal sealed class SiteProfileProvider : ISeriesProvider
{
    private const string Page = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5";
    private const string Json = "application/json,*/*;q=0.5";

    private readonly SiteProfile _profile;
    private readonly PageFetcher _pages;
    private readonly PageParser _parser;
    private readonly SiteHealth _health;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly SiteAddresses _site;

    public SiteProfileProvider(
        SiteProfile profile,
        PageFetcher pages,
        PageParser parser,
        SiteHealth health,
        IOptionsMonitor<AniWorldOptions> options)
    {
        (_profile, _pages, _parser, _health, _options) = (profile, pages, parser, health, options);
        _site = new SiteAddresses(profile, BaseAddress);
    }

    internal SiteProfile Profile => _profile;

    public string Name => _profile.Name;

    public string Site => ConfiguredAddress()?.Host ?? _profile.Site;

    public string? RecogniseLink(Uri link) => _site.Read(link)?.Key;

    public Uri LinkOf(string key) => _site.Series(key);

    public string PlaceOf(CataloguePart part) => part is CataloguePart.Languages ? _profile.Season.Languages.ToString() : _profile.Season.Rows;

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string query, CancellationToken cancellationToken = default) =>
        WatchAsync(SitePages.Search, () => ReadSearchAsync(_site.Search(query), cancellationToken));

    public async Task<CatalogueSeries?> GetSeriesAsync(string key, CancellationToken cancellationToken = default) =>
        _site.IsKey(key) ? await WatchAsync(SitePages.Series, () => ReadSeriesAsync(key, cancellationToken)) : null;

    public async Task<IReadOnlyList<HosterLink>> GetHosterLinksAsync(EpisodeKey episode, CancellationToken cancellationToken = default) =>
        _site.IsKey(episode.SeriesKey) && _site.Episode(episode) is { } address
            ? await WatchAsync(SitePages.Episode, () => ReadAsync(
                address, (document, page) => new EpisodeDocument(document, page, _profile).Offers, cancellationToken)) ?? []
            : [];

    private async Task<IReadOnlyList<SearchHit>> ReadSearchAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_profile.Search.Page is { } selectors)
        {
            return await ReadAsync(address, (document, page) => new SearchPageDocument(document, page, selectors, _site, Site).Hits, cancellationToken)
                ?? throw new PageLayoutException("fault_layout_search", _profile.Routes.Search);
        }

        var answer = await _pages.GetAsync(Name, _profile.Politeness, address, Json, cancellationToken)
            ?? throw new PageLayoutException("fault_layout_search", _profile.Routes.Search);
        return new SearchDocument(answer.Text, answer.Address, _profile.Search, _site, Site).Hits;
    }

    private async Task<CatalogueSeries?> ReadSeriesAsync(string key, CancellationToken cancellationToken)
    {
        var series = await ReadAsync(
            _site.Series(key),
            (document, page) =>
            {
                var read = new SeriesDocument(document, page, _profile.Series, _site);
                return new { read.Title, read.Year, read.Description, read.Cover, read.Backdrop, read.Seasons };
            },
            cancellationToken);
        if (series is null)
        {
            return null;
        }

        var seasons = new IReadOnlyList<CatalogueEpisode>[series.Seasons.Count];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = _profile.Politeness.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, seasons.Length, atOnce, async (i, token) => seasons[i] = await ReadSeasonAsync(key, series.Seasons[i], token));
        var episodes = seasons.SelectMany(season => season).ToList();
        return new CatalogueSeries(key, series.Title, LinkOf(key), series.Year, series.Description, series.Cover, episodes, series.Backdrop);
    }

    /// <remarks>A season that the series page names and the site does not have is a changed site, not an empty season.</remarks>
    private async Task<IReadOnlyList<CatalogueEpisode>> ReadSeasonAsync(string key, int season, CancellationToken cancellationToken)
    {
        var address = _site.Season(key, season) ?? throw new PageLayoutException("fault_layout_films", "routes.films");
        return await ReadAsync(
            address, (document, page) => new SeasonDocument(document, page, season, _profile, _site).Episodes, cancellationToken)
            ?? throw new PageLayoutException("fault_layout_season", address.AbsolutePath, season);
    }

    /// <param name="read">Takes all it needs out of the document, which is gone afterwards.</param>
    private async Task<T?> ReadAsync<T>(Uri address, Func<IHtmlDocument, Uri, T> read, CancellationToken cancellationToken)
        where T : class
    {
        if (await _pages.GetAsync(Name, _profile.Politeness, address, Page, cancellationToken) is not { } page)
        {
            return null;
        }

        using var document = await _parser.ParseAsync(page.Text, page.Address, cancellationToken);
        return read(document, page.Address);
    }

    /// <summary>Tells the site's health how the call went.</summary>
    /// <param name="page">Of <see cref="SitePages"/>.</param>
    private async Task<T> WatchAsync<T>(string page, Func<Task<T>> call)
    {
        using var span = TelemetrySource.Start("catalogue", ("provider", Name), ("asked", page));
        try
        {
            return await _health.AskAsync(Name, page, call);
        }
        catch (FaultException fault)
        {
            span.Fail(fault);
            throw;
        }
    }

    private Uri BaseAddress() => ConfiguredAddress() ?? new Uri(_profile.BaseUrls[0]);

    private Uri? ConfiguredAddress() =>
        Uri.TryCreate(_options.CurrentValue.Providers.GetValueOrDefault(Name)?.BaseUrl, UriKind.Absolute, out var address)
        && WebAddress.IsWeb(address)
            ? address
            : null;
}

using AniWorld.SampleSite.Catalogue;
using AniWorld.SampleSite.Faults;
using AniWorld.SampleSite.Media;

namespace AniWorld.SampleSite;

/// <summary>A sample site that runs inside this process, for a test, the demo or a benchmark.</summary>
public sealed class RunningSampleSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningSampleSite(WebApplication app)
    {
        _app = app;
        BaseAddress = new Uri(app.Urls.First());
    }

    /// <summary>Root of the site, with the port that it got.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What goes wrong from now on.</summary>
    public FaultPlan Faults => _app.Services.GetRequiredService<FaultPlan>();

    /// <summary>What was asked for so far.</summary>
    public RequestLog Requests => _app.Services.GetRequiredService<RequestLog>();

    /// <summary>What the pages show. Each running site has its own.</summary>
    public SampleCatalogue Catalogue => _app.Services.GetRequiredService<SampleCatalogue>();

    /// <summary>Starts a site, by default on a free port of 127.0.0.1.</summary>
    public static async Task<RunningSampleSite> StartAsync(SampleSiteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var app = SampleSiteHost.Build(options ?? new SampleSiteOptions(), []);
        try
        {
            await app.StartAsync(cancellationToken);
            return new RunningSampleSite(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The file that a complete download of this episode must equal.</summary>
    /// <param name="season">From 1; 0 for films.</param>
    /// <param name="hoster">By name, such as <c>Rangeo</c>. For HLS the file is the best variant's segments, decrypted, one after the other.</param>
    /// <param name="language">Such as <c>de-sub</c>; <see langword="null"/>: the first that is offered of de-dub, de-sub, en-sub.</param>
    /// <param name="revision">0, or what a <see cref="FaultKind.Changed"/> fault made of the file.</param>
    /// <exception cref="ArgumentException">There is no such episode, language or hoster.</exception>
    public SourceFile ClipOf(string series, int season, int episode, string hoster, string? language = null, int revision = 0) =>
        HosterOf(hoster).FileOf(VideoOf(series, season, episode, language) with { Revision = revision });

    /// <summary>The link on the episode's page that leads to this hoster. Parameters as for <see cref="ClipOf"/>.</summary>
    /// <exception cref="ArgumentException">There is no such episode, language or hoster.</exception>
    public Uri LinkOf(string series, int season, int episode, string hoster, string? language = null) =>
        new(BaseAddress, RedirectLinks.PathOf(Catalogue.LinkId(VideoOf(series, season, episode, language), HosterOf(hoster).Name)));

    /// <summary>Where that link leads: the hoster's page, playlist or file. Parameters as for <see cref="ClipOf"/>.</summary>
    /// <exception cref="ArgumentException">There is no such episode, language or hoster.</exception>
    public Uri EntryOf(string series, int season, int episode, string hoster, string? language = null) =>
        new(BaseAddress, HosterOf(hoster).EntryPath(VideoOf(series, season, episode, language)));

    /// <summary>Ends all open answers and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private VideoIdentity VideoOf(string series, int season, int episode, string? language)
    {
        var found = Catalogue.Find(series)?.Find(season, episode)
            ?? throw new ArgumentException($"The sample catalogue has no {series} S{season:00}E{episode:00}.");
        var offered = language ?? (found.Languages is [var first, ..] ? first : null)
            ?? throw new ArgumentException($"{series} S{season:00}E{episode:00} is not offered yet.");
        return found.Languages.Contains(offered)
            ? new VideoIdentity(series, season, episode, offered)
            : throw new ArgumentException($"{series} S{season:00}E{episode:00} is not offered in {offered}.");
    }

    private IHoster HosterOf(string name) =>
        _app.Services.GetServices<IHoster>().FirstOrDefault(hoster => hoster.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"The sample site has no hoster {name}.");
}

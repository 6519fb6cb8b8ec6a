using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AniWorld.SampleSite;

namespace AniWorld.Services.Tests.SampleSite;

/// <summary>A site of its own for each test, and a client that follows no redirects.</summary>
public abstract class SampleSiteTest : IAsyncLifetime
{
    protected const string Series = "kurz-und-knapp";

    protected RunningSampleSite Site { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected virtual SampleSiteOptions Options => new();

    public async ValueTask InitializeAsync()
    {
        Site = await RunningSampleSite.StartAsync(Options, Cancellation);
        // An answer that stalls is left at once, not drained first.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ResponseDrainTimeout = TimeSpan.Zero };
        Client = new HttpClient(handler) { BaseAddress = Site.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<IHtmlDocument> PageAsync(string path) =>
        new HtmlParser().ParseDocument(await Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation));

    protected Task<HttpResponseMessage> GetAsync(Uri address, string? range = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>The file of an episode at a hoster, without its redirect link.</summary>
    protected Uri FileAt(string hoster) => Site.EntryOf(Series, 1, 1, hoster);
}

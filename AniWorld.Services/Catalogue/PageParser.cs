using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue;

/// <summary>Parses pages, for at most <c>limits.parse_seconds</c> each.</summary>
internal sealed class PageParser(IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    /// <param name="address">Names the page in the fault.</param>
    /// <exception cref="FaultException"><c>timeout</c>: the page takes too long to parse, as deeply nested ones do.</exception>
    public async Task<IHtmlDocument> ParseAsync(string html, Uri address, CancellationToken cancellationToken)
    {
        var seconds = options.CurrentValue.Limits.ParseSeconds;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // The parser works on the calling thread and looks at the token between two tokens of the page.
            return await Task.Run(() => new HtmlParser().ParseDocumentAsync(html, either.Token), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaultException(FaultCode.Timeout, new Sentence("fault_parse_slow", address, seconds));
        }
    }
}

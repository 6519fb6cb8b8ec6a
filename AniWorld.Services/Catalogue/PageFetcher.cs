using System.Collections.Concurrent;
using System.Net;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace AniWorld.Services.Catalogue;

/// <summary>Fetches catalogue pages: politely, again after a passing failure, and only when they have changed.</summary>
internal sealed class PageFetcher(
    OutboundClient outbound, BoundedContent bodies, PageStore known, SiteBudget budget, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
    : IDisposable
{
    /// <summary>Attempts per page: people wait for it, so fewer than for a download.</summary>
    private const int Attempts = 3;

    private readonly ConcurrentDictionary<(string Source, int Concurrency), SitePace> _paces = new();

    /// <param name="source">Name of the provider that asks; each has its own pace.</param>
    /// <returns>The page; <see langword="null"/> when the site has none there (404 or 410).</returns>
    /// <exception cref="FaultException">It cannot be had, after the attempts.</exception>
    public async Task<FetchedPage?> GetAsync(
        string source, Politeness politeness, Uri address, string accept, CancellationToken cancellationToken)
    {
        var pace = _paces.GetOrAdd((source, politeness.Concurrency), _ => new SitePace(politeness.Concurrency, time));
        return await Retry().ExecuteAsync(
            async token =>
            {
                using var turn = await pace.EnterAsync(LimitsOf(source, politeness), token);
                return await GetOnceAsync(source, pace, address, accept, token);
            },
            cancellationToken);
    }

    public void Dispose()
    {
        foreach (var pace in _paces.Values)
        {
            pace.Dispose();
        }
    }

    private PaceLimits LimitsOf(string source, Politeness politeness)
    {
        var wanted = options.CurrentValue.Providers.GetValueOrDefault(source)?.RequestsPerMinute ?? new ProviderOptions().RequestsPerMinute;
        var perMinute = Math.Min(Math.Min(wanted, politeness.RequestsPerMinute ?? wanted), politeness.RequestsPerSecond * 60 ?? wanted);
        return new PaceLimits(perMinute, politeness.Burst);
    }

    private ResiliencePipeline Retry() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(options.CurrentValue.Downloads.BackoffSeconds),
            MaxDelay = SitePace.LongestWait,
            // The site's pace waits for Retry-After; the back-off comes on top.
            ShouldHandle = new PredicateBuilder().Handle<FaultException>(MayPass),
        })
        .Build();

    private static bool MayPass(FaultException fault) => fault.Code switch
    {
        FaultCode.Timeout or FaultCode.Refused or FaultCode.Stalled or FaultCode.Truncated or FaultCode.Dns => true,
        FaultCode.RateLimited => fault.RetryAfter is not { } wait || wait <= SitePace.LongestWait,
        var code => code.StartsWith("http_5", StringComparison.Ordinal),
    };

    private async Task<FetchedPage?> GetOnceAsync(
        string source, SitePace pace, Uri address, string accept, CancellationToken cancellationToken)
    {
        var before = await known.FindAsync(address, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", BoundedContent.AcceptEncoding);
        before?.Ask(request);
        budget.Spend(source);
        // The way out limits connection and headers; this limits the whole, for a body that drips.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2 * options.CurrentValue.Limits.HeaderSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await outbound.SendAsync(request, either.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.NotModified when before is not null => Unchanged(before),
                HttpStatusCode.NotFound or HttpStatusCode.Gone => null,
                _ when response.IsSuccessStatusCode => await ReadAsync(address, response, either.Token),
                _ => throw Refusal(pace, response),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaultException(FaultCode.Timeout, new Sentence("fault_page_slow", address.Authority));
        }
    }

    private async Task<FetchedPage> ReadAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await bodies.ReadTextAsync(response, options.CurrentValue.Limits.PageBytes, cancellationToken);
        var page = new FetchedPage(response.RequestMessage?.RequestUri ?? address, text);
        if (KnownPage.Of(address, page, response) is { } kept)
        {
            await known.KeepAsync(kept, cancellationToken);
        }

        return page;
    }

    private FetchedPage Unchanged(KnownPage before)
    {
        known.Touch(before.Asked);
        return before.Page;
    }

    private FaultException Refusal(SitePace pace, HttpResponseMessage response)
    {
        var fault = HttpRefusal.Of(response, time);
        if (fault.RetryAfter is { } wait)
        {
            pace.Pause(wait);
        }

        return fault;
    }
}

/// <summary>A page as it came.</summary>
/// <param name="Address">The address that answered, after redirects.</param>
internal sealed record FetchedPage(Uri Address, string Text);

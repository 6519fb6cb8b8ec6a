using AniWorld.Data.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Catalogue;

/// <summary>
/// Knows when a kind of pages of a site no longer works: the same failure several times in a row, where it used to work. What goes on by
/// itself then waits, looks now and then whether the site is back, and goes on. People may ask at any time.
/// </summary>
public sealed class SiteHealth(SourceHealthService records, SiteBudget budget, TimeProvider time, ILogger<SiteHealth> logger) : IHostedService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Site, string Page), PageState> _pages = [];
    private readonly Dictionary<string, DateTimeOffset> _troubled = [];

    /// <summary>Told when a site gets into trouble and when it is out of it: once each, from any thread.</summary>
    public event Action<SiteChange>? Changed;

    /// <summary>Why a site's pages are not to be asked for now; <see langword="null"/> when they may be, or one may try whether they are back.</summary>
    public SiteFault? RestOf(string site, string page)
    {
        lock (_gate)
        {
            return _pages.GetValueOrDefault((site, page))?.RestAt(time.GetUtcNow()) is { } rest
                ? new SiteFault(rest.Fault.Code, new Sentence("fault_site_rests", site, rest.Fault.Sentence)) { RetryAfter = rest.Left }
                : null;
        }
    }

    /// <returns><see langword="null"/> when all of the site works, as far as is known.</returns>
    public SiteTrouble? TroubleOf(string site)
    {
        lock (_gate)
        {
            var pages = _pages.Where(one => one.Key.Site == site && one.Value.Fault is not null).ToList();
            return pages.Count == 0
                ? null
                : new SiteTrouble(
                    _troubled.GetValueOrDefault(site),
                    pages.ToDictionary(one => one.Key.Page, one => one.Value.Fault!.Text),
                    pages.Min(one => one.Value.RestUntil));
        }
    }

    /// <summary>The next who asks tries whether the site is back, whatever the time: its profile was changed, or somebody wants to know.</summary>
    public void LookAgain(string site)
    {
        lock (_gate)
        {
            foreach (var (_, state) in _pages.Where(one => one.Key.Site == site))
            {
                state.RestUntil = time.GetUtcNow();
            }
        }
    }

    /// <summary>Asks a site and remembers how it went. Does not ask whether it should: see <see cref="RestOf"/>.</summary>
    /// <param name="page">Of <see cref="SitePages"/>.</param>
    /// <exception cref="FaultException">As <paramref name="ask"/> failed.</exception>
    public async Task<T> AskAsync<T>(string site, string page, Func<Task<T>> ask)
    {
        var start = time.GetTimestamp();
        try
        {
            var result = await ask();
            records.Succeeded(SourceKind.Site, site, time.GetElapsedTime(start));
            Went(site, page, state => state.Succeed());
            return result;
        }
        catch (FaultException fault)
        {
            records.Failed(SourceKind.Site, site, fault);
            if (SiteBlame.IsItsFailure(fault))
            {
                Went(site, page, state => state.Fail(fault, time.GetUtcNow()));
            }

            throw;
        }
    }

    /// <summary>What the site answered cannot be true, as when a series has lost all of its episodes.</summary>
    internal void Doubt(string site, string page, FaultException fault)
    {
        records.Failed(SourceKind.Site, site, fault);
        Went(site, page, state => state.Doubt(fault, time.GetUtcNow()));
    }

    /// <summary>What the site answered fits what was known.</summary>
    internal void Trust(string site, string page) => Went(site, page, state => state.Trust());

    /// <summary>What was known at the last end: a restart gives no second notice.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await records.ListAsync(SourceKind.Site, cancellationToken))
        {
            budget.Recall(row);
            Recall(row);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Recall(SourceHealth row)
    {
        lock (_gate)
        {
            foreach (var (page, text) in row.Trouble ?? [])
            {
                var (code, sentence) = text.Split(": ", 2) is [var first, var rest] ? (first, rest) : (FaultCode.Internal, text);
                _pages[(row.Name, page)] = PageState.Of(new FaultException(code, FaultSentences.Read(sentence)), time.GetUtcNow());
                _troubled[row.Name] = row.TroubleSince ?? time.GetUtcNow();
            }
        }
    }

    private void Went(string site, string page, Action<PageState> change)
    {
        SiteChange? told = null;
        lock (_gate)
        {
            if (!_pages.TryGetValue((site, page), out var state))
            {
                state = _pages[(site, page)] = new PageState();
            }

            var before = state.Fault;
            change(state);
            if (!ReferenceEquals(before, state.Fault))
            {
                told = Changes(site, state.Fault ?? before!);
            }
        }

        if (told is not null)
        {
            logger.Log(told.IsBack ? LogLevel.Information : LogLevel.Warning, "{Sentence}", told.Sentence);
            Changed?.Invoke(told);
        }
    }

    /// <summary>Stores the site's trouble.</summary>
    /// <returns>What is to be told: only when it begins and when it ends.</returns>
    private SiteChange? Changes(string site, FaultException fault)
    {
        var faults = _pages.Where(one => one.Key.Site == site && one.Value.Fault is not null)
            .ToDictionary(one => one.Key.Page, one => one.Value.Fault!.Text);
        var isNew = faults.Count > 0 && _troubled.TryAdd(site, time.GetUtcNow());
        var isBack = faults.Count == 0 && _troubled.Remove(site);
        records.Troubled(site, faults.Count == 0 ? null : faults, _troubled.TryGetValue(site, out var since) ? since : null);
        return isBack ? new SiteChange(site, true, fault.Code, new Sentence("notice_site_back", site))
            : !isNew ? null
            : new SiteChange(site, false, fault.Code, fault.Code == FaultCode.ProviderChanged
                ? new Sentence("notice_site_attention", site, fault.Sentence)
                : new Sentence("notice_site_away", site, fault.Code, fault.Sentence));
    }
}

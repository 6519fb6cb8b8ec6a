using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;

namespace AniWorld.Blazor.Catalogue;

/// <summary>How catalogue sites and hosters do.</summary>
public sealed partial class SourcesPage(
    LiveFeed live, ProviderRegistry providers, SourceHealthService records, SiteHealth sites, SiteBudget budget, HosterHealth hosters, CatalogueRefresh refresh,
    UserActions actions, TimeProvider time) : LiveComponent(live)
{
    private Refresher _refresher = null!;
    private IReadOnlyList<SiteView>? _sites;
    private IReadOnlyList<HosterState> _hosters = [];
    private DateTimeOffset _now;
    private string? _failure;
    private string? _trying;

    protected override async Task OnInitializedAsync()
    {
        _refresher = new Refresher(LoadAsync, time, Leaving);
        await LoadAsync();
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<SystemNotice>() || batch.Tells<DownloadCompleted>() || batch.Tells<DownloadFailed>() || batch.Tells<SeriesChanged>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            await records.FlushAsync(Leaving);
            var known = (await records.ListAsync(SourceKind.Site, Leaving)).ToDictionary(record => record.Name);
            var due = (await refresh.ForecastAsync(Leaving)).ToDictionary(site => site.Site);
            _hosters = await hosters.ListAsync(Leaving);
            _now = time.GetUtcNow();
            _sites =
            [
                .. providers.All.OrderByDescending(providers.IsEnabled).ThenBy(site => site.Name, StringComparer.Ordinal).Select(site => new SiteView(
                    site.Name, site.Site, providers.IsEnabled(site), known.GetValueOrDefault(site.Name), sites.TroubleOf(site.Name),
                    budget.SpentToday(site.Name), budget.PerDay(site.Name), due.GetValueOrDefault(site.Name))),
            ];
            _failure = null;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }

        StateHasChanged();
    }

    /// <summary>Whatever of it is due is asked for, whether it was left alone or not.</summary>
    private async Task TryAsync(string site)
    {
        if (_trying is not null)
        {
            return;
        }

        _trying = site;
        sites.LookAgain(site);
        await actions.TryAsync(() => refresh.RunAsync(Leaving));
        _trying = null;
        await LoadAsync();
    }
}

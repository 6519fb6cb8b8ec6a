using System.Collections.Concurrent;
using AniWorld.Data.Catalogue;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue;

/// <summary>How many requests each site got today, by UTC, and how many AniWorld may still send by itself.</summary>
public sealed class SiteBudget(SourceHealthService records, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Spent> _spent = new();

    /// <summary>A request goes out.</summary>
    public void Spend(string site)
    {
        var today = Today();
        _spent.AddOrUpdate(site, _ => new Spent(today, 1), (_, spent) => new Spent(today, spent.On == today ? spent.Requests + 1 : 1));
        records.Requested(site, today);
    }

    public int SpentToday(string site) => _spent.GetValueOrDefault(site) is { } spent && spent.On == Today() ? spent.Requests : 0;

    public int PerDay(string site) => (options.CurrentValue.Providers.GetValueOrDefault(site) ?? new()).RequestsPerDay;

    public int LeftToday(string site) => Math.Max(0, PerDay(site) - SpentToday(site));

    /// <summary>When looking <paramref name="requests"/> times will be done, at the pace and within the budget of the site.</summary>
    public DateTimeOffset DoneAt(string site, int requests)
    {
        var perMinute = (options.CurrentValue.Providers.GetValueOrDefault(site) ?? new()).RequestsPerMinute;
        return RefreshForecast.DoneAt(time.GetUtcNow(), requests, perMinute, LeftToday(site), PerDay(site));
    }

    /// <summary>Takes over what was spent before a restart.</summary>
    internal void Recall(SourceHealth row)
    {
        if (row.RequestDay is { } day)
        {
            _spent.TryAdd(row.Name, new Spent(day, row.Requests));
        }
    }

    private DateTimeOffset Today() => new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private sealed record Spent(DateTimeOffset On, int Requests);
}

using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Tries whether what a site no longer did works again, where nothing that waits would try it.</summary>
internal sealed class SiteProbe(ProviderRegistry providers, SiteHealth sites, IDbContextFactory<AniWorldDbContext> databases)
{
    /// <summary>Every site in trouble whose time has come.</summary>
    /// <remarks>Pages of series are tried by the refresh itself.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in providers.Enabled)
        {
            foreach (var page in sites.TroubleOf(provider.Name)?.Faults.Keys.Where(page => page != SitePages.Series).ToList() ?? [])
            {
                if (sites.RestOf(provider.Name, page) is null)
                {
                    await TryAsync(provider, page, cancellationToken);
                }
            }
        }
    }

    /// <remarks>How it went is remembered by whoever asks the site.</remarks>
    private async Task TryAsync(ISeriesProvider provider, string page, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.EpisodeAvailability
            .Where(a => a.Episode.Series.Provider == provider.Name && a.WithdrawnAt == null)
            .OrderByDescending(a => a.LastSeenAt)
            .Select(a => new { a.Episode.Series.Key, a.Episode.Series.Name, a.Episode.Season, a.Episode.Number })
            .FirstOrDefaultAsync(cancellationToken);
        if (known is null)
        {
            return;
        }

        try
        {
            if (page == SitePages.Search)
            {
                await provider.SearchAsync(known.Name, cancellationToken);
            }
            else
            {
                await provider.GetHosterLinksAsync(new EpisodeKey(known.Key, known.Season, known.Number), cancellationToken);
            }
        }
        catch (FaultException)
        {
            // Not yet.
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Keeps what a catalogue says about a series. What the catalogue no longer says is never forgotten, only marked.</summary>
internal sealed class CatalogueStore(
    SeriesFolders folders, IDbContextFactory<AniWorldDbContext> databases, ProgressService progress, TimeProvider time, Random random)
{
    public static Task<AnimeSeries?> NewestRemovedAsync(AniWorldDbContext database, string key, CancellationToken cancellationToken) =>
        database.Series.IgnoreQueryFilters()
            .Where(s => s.Key == key && s.DeletedAt != null)
            .OrderByDescending(s => s.DeletedAt)
            .FirstOrDefaultAsync(cancellationToken);

    /// <exception cref="DbUpdateException">The key is taken: somebody else added it a moment ago.</exception>
    public async Task AddAsync(
        CatalogueSeries catalogue, ISeriesProvider provider, string? name, string? folder, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await NewestRemovedAsync(database, catalogue.Key, cancellationToken);
        if (series is null)
        {
            series = new AnimeSeries
            {
                Key = catalogue.Key,
                Name = name ?? catalogue.Name,
                Site = provider.Site,
                Folder = folder ?? await folders.ChooseAsync(database, catalogue, cancellationToken),
                Link = catalogue.Link.AbsoluteUri,
                Provider = provider.Name,
            };
            database.Add(series);
        }
        else
        {
            await database.Entry(series).Collection(s => s.Episodes).Query()
                .IgnoreQueryFilters()
                .Include(e => e.Availability)
                .LoadAsync(cancellationToken);
            await folders.PutBackAsync(database, series, cancellationToken);
            series.DeletedAt = null;
            series.Name = name ?? series.Name;
            series.Folder = folder ?? series.Folder;
        }

        Update(series, catalogue);
        var now = time.GetUtcNow();
        var plan = RefreshPlan.Of([], now, series.RefreshHours, now, random.NextDouble());
        (series.NextRefreshAt, series.RefreshReason) = (plan.Next, plan.Reason);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Brings a stored series up to date with its catalogue.</summary>
    /// <returns>False when the catalogue says the same as the last time, or the series is no longer there.</returns>
    public async Task<bool> RefreshAsync(long seriesId, CatalogueSeries catalogue, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var stamp = StampOf(catalogue);
        if (await database.Series.AnyAsync(s => s.Id == seriesId && s.CatalogueStamp == stamp, cancellationToken))
        {
            return false;
        }

        var series = await database.Series
            .Include(s => s.Episodes).ThenInclude(e => e.Availability)
            .AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Id == seriesId, cancellationToken);
        if (series is null)
        {
            return false;
        }

        // What the first look finds is not new; it was there before us.
        var isKnown = series.RefreshedAt is not null;
        var offeredBefore = Offered(series);
        Update(series, catalogue);
        await database.SaveChangesAsync(cancellationToken);
        if (isKnown && Offered(series).Except(offeredBefore).ToList() is { Count: > 0 } found)
        {
            progress.Publish(new EpisodesFound(series.Key, series.Folder, found));
        }

        return true;
    }

    /// <summary>The same for the same content.</summary>
    private static string StampOf(CatalogueSeries catalogue) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        catalogue.Name,
        Link = catalogue.Link.AbsoluteUri,
        catalogue.Year,
        catalogue.Description,
        Cover = catalogue.Cover?.AbsoluteUri,
        Backdrop = catalogue.Backdrop?.AbsoluteUri,
        Episodes = catalogue.Episodes.Select(e => new { e.Season, e.Number, e.Titles, Languages = e.Languages.Select(l => l.Code), e.Hosters }),
    })));

    /// <summary>The episodes that were ever offered.</summary>
    private static List<EpisodeNumber> Offered(AnimeSeries series) =>
        [.. series.Episodes.Where(e => e.Availability.Count > 0).Select(e => new EpisodeNumber(e.Season, e.Number))];

    private void Update(AnimeSeries series, CatalogueSeries catalogue)
    {
        var now = time.GetUtcNow();
        series.Link = catalogue.Link.AbsoluteUri;
        series.Year = catalogue.Year ?? series.Year;
        series.Description = catalogue.Description ?? series.Description;
        series.CoverUrl = catalogue.Cover?.AbsoluteUri ?? series.CoverUrl;
        series.BackdropUrl = catalogue.Backdrop?.AbsoluteUri ?? series.BackdropUrl;
        series.RefreshedAt = now;
        series.CatalogueStamp = StampOf(catalogue);
        var known = series.Episodes.ToDictionary(e => new EpisodeNumber(e.Season, e.Number));
        var listed = new HashSet<EpisodeNumber>();
        var absolute = 0;
        foreach (var found in catalogue.Episodes)
        {
            var number = new EpisodeNumber(found.Season, found.Number);
            if (!listed.Add(number))
            {
                continue;
            }

            if (!known.TryGetValue(number, out var episode))
            {
                episode = new Episode { Season = found.Season, Number = found.Number };
                series.Episodes.Add(episode);
            }

            episode.DeletedAt = null;
            episode.Absolute = found.Season > 0 ? ++absolute : null;
            episode.Titles = found.Titles.Count > 0 ? new Dictionary<string, string>(found.Titles) : episode.Titles;
            UpdateOffers(episode, found, now);
        }

        // An episode that the page no longer lists keeps its files and its place; it is just not offered now.
        foreach (var offer in known.Where(e => !listed.Contains(e.Key)).SelectMany(e => e.Value.Availability))
        {
            offer.WithdrawnAt ??= now;
        }
    }

    private static void UpdateOffers(Episode episode, CatalogueEpisode found, DateTimeOffset now)
    {
        foreach (var language in found.Languages.Distinct())
        {
            var offer = episode.Availability.Find(a => a.Language == language);
            if (offer is null)
            {
                offer = new EpisodeAvailability { Language = language, FirstSeenAt = now };
                episode.Availability.Add(offer);
            }

            offer.Hosters = [.. found.Hosters];
            offer.LastSeenAt = now;
            offer.WithdrawnAt = null;
        }

        foreach (var offer in episode.Availability.Where(a => !found.Languages.Contains(a.Language)))
        {
            offer.WithdrawnAt ??= now;
        }
    }
}

using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.Downloads;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Import;

/// <summary>Writes an import's plan into the database, all of it or nothing.</summary>
internal sealed class ImportWriter(IDbContextFactory<AniWorldDbContext> databases, IOptionsMonitor<AniWorldOptions> options)
{
    public async Task WriteAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var series in plan.Series)
        {
            await AddAsync(database, series, cancellationToken);
        }

        if (plan.PasswordHash is { } hash)
        {
            database.Credentials.Add(new Credential { Name = Credential.Master, Hash = hash });
        }

        await QueueAsync(database, plan, cancellationToken);
        database.History.Add(HistoryEvent.Of(
            "import.completed",
            ("source", plan.Source),
            ("series", $"{plan.NewSeries}"),
            ("episodes", $"{plan.NewEpisodes}"),
            ("queue_items", $"{plan.Downloads.Count}")));
        await database.SaveChangesAsync(cancellationToken);
    }

    private static async Task AddAsync(AniWorldDbContext database, ImportedSeries imported, CancellationToken cancellationToken)
    {
        var series = imported.IsNew
            ? database.Add(New(imported)).Entity
            : await database.Series.SingleAsync(s => s.Key == imported.Key, cancellationToken);
        foreach (var episode in imported.Episodes)
        {
            series.Episodes.Add(new Episode
            {
                Season = episode.Number.Season,
                Number = episode.Number.Episode,
                Titles = new Dictionary<string, string>(episode.Titles),
                Ignored = episode.Ignored,
            });
        }
    }

    private static AnimeSeries New(ImportedSeries imported) => new()
    {
        Key = imported.Key,
        Name = imported.Name,
        Site = imported.Site,
        Folder = imported.Folder,
        Link = imported.Link,
        Provider = imported.Provider,
        Year = imported.Year,
        Description = imported.Description,
        CoverUrl = imported.Cover,
        Monitored = imported.Monitored,
        AutoDownload = imported.AutoDownload,
    };

    private async Task QueueAsync(AniWorldDbContext database, ImportPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Downloads.Count == 0)
        {
            return;
        }

        var position = await database.Downloads.IgnoreQueryFilters().MaxAsync(i => (long?)i.Position, cancellationToken) ?? 0;
        var series = (await database.Series.Select(s => new { s.Key, s.Name, s.Folder }).ToListAsync(cancellationToken))
            .ToDictionary(s => s.Key, s => (s.Name, s.Folder));
        foreach (var imported in plan.Series)
        {
            series.TryAdd(imported.Key, (imported.Name, imported.Folder));
        }

        var first = Language.Parse(LanguageChoice.ProfileOf(options.CurrentValue.Languages, null).Order[0]);
        foreach (var item in plan.Downloads)
        {
            var (name, folder) = series[item.Key];
            database.Add(ItemOf(item, name, folder, first, ++position));
        }

        if (plan.Downloads.Any(item => item.Status is DownloadStatus.Pending))
        {
            // What is on disk is not known before the first scan, and no source is on.
            var queue = await database.QueueSwitches.SingleOrDefaultAsync(cancellationToken) ?? database.Add(new QueueSwitch()).Entity;
            queue.IsRunning = false;
        }
    }

    private static DownloadQueueItem ItemOf(ImportedDownload item, string name, string folder, Language first, long position) => new()
    {
        Id = Guid.NewGuid(),
        SeriesKey = item.Key,
        SeriesName = name,
        SeriesFolder = folder,
        Season = item.Number.Season,
        Number = item.Number.Episode,
        Title = item.Title,
        Language = item.Language ?? first,
        LanguageChosen = item.Language is not null,
        Status = item.Status,
        Priority = item.Priority,
        Position = position,
        Percent = item.Status is DownloadStatus.Completed ? 100 : 0,
        Error = item.Status is DownloadStatus.Failed ? item.Error : null,
        CompletedAt = item.Status is DownloadStatus.Completed ? item.At : null,
        CreatedAt = item.At ?? default,
    };
}

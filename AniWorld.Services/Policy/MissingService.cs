using AniWorld.Data.Library;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;

namespace AniWorld.Services.Policy;

/// <summary>What is missing or could be better, across the library, and what can be done about it.</summary>
public sealed class MissingService
{
    private readonly MissingList _list;
    private readonly SeriesReader _reader;
    private readonly AnimeService _anime;
    private readonly DownloadService _downloads;

    internal MissingService(MissingList list, SeriesReader reader, AnimeService anime, DownloadService downloads) =>
        (_list, _reader, _anime, _downloads) = (list, reader, anime, downloads);

    /// <summary>By series name, season and number.</summary>
    public async Task<MissingResult> ListAsync(MissingQuery query, CancellationToken cancellationToken = default)
    {
        var lines = await _list.GetAsync(query, cancellationToken);
        var page = query.PerPage is { } size ? lines.Skip((query.Page - 1) * size).Take(size).ToList() : lines;
        var views = await _reader.EpisodesAsync([.. page.Select(line => line.Id)], cancellationToken);
        return new MissingResult(
            [.. page.Where(line => views.ContainsKey(line.Id)).Select(line => new MissingEpisode(line.Key, line.Name, line.Since, views[line.Id]))],
            lines.Count);
    }

    /// <summary>Which episodes a query asks for, on all its pages.</summary>
    public async Task<IReadOnlyList<EpisodeKey>> KeysAsync(MissingQuery query, CancellationToken cancellationToken = default) =>
        [.. (await _list.GetAsync(query, cancellationToken)).Select(line => new EpisodeKey(line.Key, line.Season, line.Number))];

    /// <param name="key">Only of this series.</param>
    public async Task<MissingChoices> ChoicesAsync(MissingKind kind, string? key = null, CancellationToken cancellationToken = default)
    {
        var all = await _list.GetAsync(cancellationToken);
        var lines = all.Where(line => line.Kind == kind && (key is null || line.Key == key)).ToList();
        var reasons = lines.Select(line => line.Decision.Code).ToHashSet();
        return new MissingChoices(
            Enum.GetValues<MissingKind>().ToDictionary(each => each, each => all.Count(line => line.Kind == each)),
            [.. lines.Select(line => line.Wanted).OfType<Language>().Distinct().OrderBy(language => language.Code, StringComparer.Ordinal)],
            [.. DecisionCode.All.Where(reasons.Contains)],
            key is null ? [] : [.. lines.Select(line => line.Season).Distinct()]);
    }

    /// <summary>Queues episodes as their profiles say, in their order, whether they were ignored, removed or waited for.</summary>
    public async Task<FetchResult> FetchAsync(IReadOnlyCollection<EpisodeKey> episodes, CancellationToken cancellationToken = default)
    {
        var (added, skipped) = (0, new List<SkippedEpisode>());
        foreach (var series in episodes.GroupBy(e => e.SeriesKey))
        {
            var request = new EnqueueRequest(series.Key, [.. series.Select(e => new EpisodeNumber(e.Season, e.Number))]);
            var result = await _downloads.EnqueueAsync(request, cancellationToken);
            added += result.Added.Count;
            skipped.AddRange(result.Skipped);
        }

        return new FetchResult(added, skipped);
    }

    /// <inheritdoc cref="AnimeService.SetEpisodesAsync"/>
    public async Task SetAsync(
        IReadOnlyCollection<EpisodeKey> episodes, bool? ignored, bool? wanted, CancellationToken cancellationToken = default)
    {
        foreach (var series in episodes.GroupBy(e => e.SeriesKey))
        {
            await _anime.SetEpisodesAsync(series.Key, [.. series.Select(e => new EpisodeNumber(e.Season, e.Number))], ignored, wanted, cancellationToken);
        }
    }
}

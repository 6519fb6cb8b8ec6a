using AniWorld.Services.Library;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Library;

/// <summary>A series' episodes as its page shows them. Lines stay the same objects, and selected, while their episode is listed.</summary>
public sealed class SeriesBoard
{
    private Dictionary<EpisodeNumber, EpisodeLine> _lines = [];
    private EpisodeLine? _anchor;

    /// <summary>In the order of the page: seasons, films and specials last.</summary>
    public IReadOnlyList<SeasonLines> Seasons { get; private set; } = [];

    /// <summary>Cells of the coverage grid.</summary>
    public CoverageSelection Coverage { get; } = new();

    public IReadOnlyList<EpisodeLine> Selected => [.. _lines.Values.Where(line => line.IsSelected)];

    public void Load(SeriesDetail detail, Func<Guid, DownloadProgressed?> progressOf)
    {
        var before = _lines;
        _lines = new(detail.Episodes.Count);
        foreach (var episode in detail.Episodes)
        {
            var number = new EpisodeNumber(episode.Season, episode.Number);
            var line = before.GetValueOrDefault(number) ?? new EpisodeLine(episode);
            line.Take(episode);
            line.Take(episode.DownloadId is { } id ? progressOf(id) : null);
            _lines[number] = line;
        }

        Coverage.KeepOnly(_lines.Values.ToHashSet());
        Seasons =
        [
            .. _lines.Values.GroupBy(line => line.Episode.Season)
                .OrderBy(season => season.Key == 0 ? int.MaxValue : season.Key)
                .Select(season => new SeasonLines(season.Key, [.. season])),
        ];
    }

    /// <returns>The line that must be drawn again; <see langword="null"/> when the episode is not listed.</returns>
    public EpisodeLine? Take(DownloadProgressed progress)
    {
        var line = _lines.GetValueOrDefault(new EpisodeNumber(progress.Season, progress.Number));
        line?.Take(progress);
        return line;
    }

    /// <summary>Selects or deselects a line, and with <paramref name="range"/> all between it and the one clicked before.</summary>
    public void Toggle(EpisodeLine line, bool range)
    {
        var select = !line.IsSelected;
        foreach (var each in range ? Between(_anchor, line) : [line])
        {
            each.Select(select);
        }

        _anchor = line;
    }

    /// <summary>Selects those of <paramref name="lines"/> and nothing else.</summary>
    public void SelectOnly(IEnumerable<EpisodeLine> lines)
    {
        var wanted = lines.ToHashSet();
        foreach (var line in _lines.Values)
        {
            line.Select(wanted.Contains(line));
        }
    }

    public void Select(IEnumerable<EpisodeLine> lines, bool selected)
    {
        foreach (var line in lines)
        {
            line.Select(selected);
        }
    }

    private IEnumerable<EpisodeLine> Between(EpisodeLine? one, EpisodeLine other)
    {
        var all = Seasons.SelectMany(season => season.Episodes).ToList();
        var (from, to) = (one is null ? -1 : all.IndexOf(one), all.IndexOf(other));
        return from < 0 ? [other] : all[Math.Min(from, to)..(Math.Max(from, to) + 1)];
    }
}

/// <param name="Season">0 for films and specials.</param>
public sealed record SeasonLines(int Season, IReadOnlyList<EpisodeLine> Episodes)
{
    public int OnDisk => Episodes.Count(line => line.Episode.IsDownloaded);

    public IReadOnlyList<EpisodeLine> Missing => [.. Episodes.Where(line => line.Episode.IsMissing)];
}

using AniWorld.Services.Library;

namespace AniWorld.Blazor.Library;

/// <summary>A long list of series, of which only the parts that are looked at are held.</summary>
public sealed class SeriesWindow(AnimeService anime, SeriesQuery query)
{
    private const int PageLength = 60;
    private const int PagesHeld = 8;

    private readonly Dictionary<int, IReadOnlyList<SeriesSummary>> _pages = [];
    private readonly Queue<int> _oldest = new();

    /// <summary>How many the list has; right after the first <see cref="ReadAsync"/>.</summary>
    public int Total { get; private set; }

    /// <summary>How many of them have each trait; right after the first <see cref="ReadAsync"/>.</summary>
    public IReadOnlyDictionary<SeriesTraits, int> Traits { get; private set; } = new Dictionary<SeriesTraits, int>();

    /// <param name="start">From 0.</param>
    public async Task<IReadOnlyList<SeriesSummary>> ReadAsync(int start, int count, CancellationToken cancellationToken)
    {
        var found = new List<SeriesSummary>(count);
        for (var page = start / PageLength; page * PageLength < start + count; page++)
        {
            var items = await PageAsync(page, cancellationToken);
            var first = Math.Max(0, start - (page * PageLength));
            found.AddRange(items.Skip(first).Take(start + count - (page * PageLength) - first));
            if (items.Count < PageLength)
            {
                break;
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<SeriesSummary>> PageAsync(int page, CancellationToken cancellationToken)
    {
        if (_pages.TryGetValue(page, out var held))
        {
            return held;
        }

        var read = await anime.ListAsync(query with { Page = page + 1, PerPage = PageLength }, cancellationToken);
        (Total, Traits) = (read.Total, read.Traits);
        if (_pages.TryAdd(page, read.Items))
        {
            _oldest.Enqueue(page);
        }

        if (_pages.Count > PagesHeld)
        {
            _pages.Remove(_oldest.Dequeue());
        }

        return read.Items;
    }
}

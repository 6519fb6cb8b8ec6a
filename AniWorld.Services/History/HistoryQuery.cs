using AniWorld.Data.History;

namespace AniWorld.Services.History;

/// <summary>Which events to list.</summary>
public sealed record HistoryQuery
{
    /// <summary>Only those of this kind (<c>download.failed</c>), or whose kind begins with this topic (<c>download</c>).</summary>
    public string? Kind { get; init; }

    /// <summary>Only of this series.</summary>
    public string? Key { get; init; }

    /// <summary>Only from this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Part of the series' name or of a detail, such as a path.</summary>
    public string? Text { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PerPage { get; init; } = 50;
}

/// <param name="SeriesName"><see langword="null"/> when it is about no series, or about one that nobody knows any more.</param>
/// <param name="HasSeries">Whether the series is in the library.</param>
public sealed record HistoryLine(HistoryEvent Event, string? SeriesName, bool HasSeries);

/// <param name="Total">On all pages.</param>
public sealed record HistoryResult(IReadOnlyList<HistoryLine> Lines, int Total);

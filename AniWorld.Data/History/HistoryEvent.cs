namespace AniWorld.Data.History;

/// <summary>Something that happened and is worth telling later: a download, a log-in, a change of settings.</summary>
public sealed class HistoryEvent : ITimestamped
{
    public long Id { get; set; }

    /// <summary>Dotted name, such as <c>download.completed</c> or <c>auth.login</c>.</summary>
    public required string Kind { get; set; }

    public string? SeriesKey { get; set; }

    public int? Season { get; set; }

    public int? Number { get; set; }

    /// <summary>Details by name; never a secret.</summary>
    public Dictionary<string, string> Details { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <param name="details">Those without a value are left out.</param>
    public static HistoryEvent Of(string kind, params (string Name, string? Value)[] details) => new()
    {
        Kind = kind,
        Details = details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Name, detail => detail.Value!),
    };

    /// <summary>The same about a series.</summary>
    public static HistoryEvent OfSeries(string kind, string seriesKey, params (string Name, string? Value)[] details)
    {
        var happened = Of(kind, details);
        happened.SeriesKey = seriesKey;
        return happened;
    }

    /// <summary>The same about one episode.</summary>
    public static HistoryEvent OfEpisode(string kind, string seriesKey, int season, int number, params (string Name, string? Value)[] details)
    {
        var happened = OfSeries(kind, seriesKey, details);
        (happened.Season, happened.Number) = (season, number);
        return happened;
    }
}

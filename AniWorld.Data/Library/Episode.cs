namespace AniWorld.Data.Library;

/// <summary>One episode of a series; unique per series, season and number. Films and specials are season 0.</summary>
public sealed class Episode : ITimestamped, ISoftDeletable
{
    public long Id { get; set; }

    public long SeriesId { get; set; }

    public AnimeSeries Series { get; set; } = null!;

    /// <summary>From 1; 0 for films and specials.</summary>
    public int Season { get; set; }

    /// <summary>From 1 within the season.</summary>
    public int Number { get; set; }

    /// <summary>Title by language of the text, such as <c>de</c> and <c>en</c>; empty where the source names none.</summary>
    public Dictionary<string, string> Titles { get; set; } = [];

    /// <summary>Number counted through all seasons, from 1; <see langword="null"/> for specials.</summary>
    public int? Absolute { get; set; }

    /// <summary>The user does not want it; it is never counted as missing.</summary>
    public bool Ignored { get; set; }

    /// <summary>When the user was seen to have deleted its last file; it is then not missing until wanted again.</summary>
    public DateTimeOffset? RemovedByUserAt { get; set; }

    /// <summary>
    /// Codes of the languages whose file the user was seen to have deleted, be there others or not; not fetched again until the episode is
    /// wanted again. <see langword="null"/> for none.
    /// </summary>
    public List<string>? RemovedLanguages { get; set; }

    /// <summary>When the user last asked for it again; what the queue failed at or dropped before that no longer counts.</summary>
    public DateTimeOffset? WantedAt { get; set; }

    /// <summary>Code of the policy's last decision, with its arguments; <see langword="null"/> before the first one.</summary>
    public string? DecisionCode { get; set; }

    public Dictionary<string, string>? DecisionArguments { get; set; }

    /// <summary>When the decision ends by itself; <see langword="null"/> when no time can be told.</summary>
    public DateTimeOffset? DecisionUntil { get; set; }

    /// <summary>Since when the decision is this one.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    public List<EpisodeFile> Files { get; } = [];

    public List<EpisodeAvailability> Availability { get; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}

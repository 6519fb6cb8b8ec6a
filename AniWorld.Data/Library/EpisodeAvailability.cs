namespace AniWorld.Data.Library;

/// <summary>That the source offers an episode in a language, and through which hosters.</summary>
public sealed class EpisodeAvailability : ITimestamped
{
    public long Id { get; set; }

    public long EpisodeId { get; set; }

    public Episode Episode { get; set; } = null!;

    public Language Language { get; set; }

    /// <summary>Names of the hosters, in page order.</summary>
    public List<string> Hosters { get; set; } = [];

    public DateTimeOffset FirstSeenAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When a refresh no longer found it; <see langword="null"/> while it is offered.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

namespace AniWorld.Data.Catalogue;

/// <summary>How a site or a hoster has been doing.</summary>
public sealed class SourceHealth : ITimestamped
{
    public long Id { get; set; }

    /// <summary><c>site</c> or <c>hoster</c>; unique together with <see cref="Name"/>.</summary>
    public required string Kind { get; set; }

    public required string Name { get; set; }

    public long Successes { get; set; }

    public long Failures { get; set; }

    public DateTimeOffset? LastSuccessAt { get; set; }

    public DateTimeOffset? LastFailureAt { get; set; }

    /// <summary>As <c>code: sentence</c>.</summary>
    public string? LastError { get; set; }

    /// <summary>Moving mean of the time to answer, in milliseconds.</summary>
    public double? LatencyMs { get; set; }

    /// <summary>Share of successes, 0 to 1, where the newest count most; <see langword="null"/> before the first.</summary>
    public double? SuccessRate { get; set; }

    /// <summary>Moving mean of how fast a hoster delivers, in bytes per second.</summary>
    public double? Speed { get; set; }

    /// <summary>What of a site no longer works, as page (<c>series</c>, <c>episode</c> …) → <c>code: sentence</c>; <see langword="null"/> when all does.</summary>
    public Dictionary<string, string>? Trouble { get; set; }

    public DateTimeOffset? TroubleSince { get; set; }

    /// <summary>Requests sent to a site on <see cref="RequestDay"/>.</summary>
    public int Requests { get; set; }

    /// <summary>Midnight, UTC.</summary>
    public DateTimeOffset? RequestDay { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

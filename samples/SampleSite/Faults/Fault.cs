using System.ComponentModel.DataAnnotations;

namespace AniWorld.SampleSite.Faults;

/// <summary>A misbehaviour that some requests meet. Which members count is said at <see cref="FaultKind"/>.</summary>
public sealed record Fault
{
    public Fault()
    {
    }

    public Fault(FaultKind kind) => Kind = kind;

    public FaultKind Kind { get; init; }

    /// <summary>Start of the paths that meet it; <see langword="null"/>: those of <see cref="Hoster"/>, or all.</summary>
    public string? Path { get; init; }

    /// <summary>Name of a hoster, whose pages, playlists and files meet it (its redirect links do not).</summary>
    public string? Hoster { get; init; }

    /// <summary>So many matching requests are let through first.</summary>
    [Range(0, int.MaxValue)]
    public int Skip { get; init; }

    /// <summary>So many requests meet it, then it is over; <see langword="null"/>: until it is taken back.</summary>
    [Range(1, int.MaxValue)]
    public int? Times { get; init; }

    /// <summary>HTTP status.</summary>
    [Range(400, 599)]
    public int Status { get; init; } = 500;

    /// <summary>Seconds for the <c>Retry-After</c> header; <see langword="null"/>: no such header.</summary>
    [Range(0, int.MaxValue)]
    public int? RetryAfter { get; init; }

    /// <summary>How much of a body; counted in the body as sent, so within the range that was asked for.</summary>
    [Range(0, long.MaxValue)]
    public long? Bytes { get; init; }

    [Range(1, long.MaxValue)]
    public long? BytesPerSecond { get; init; }

    /// <summary>Content type of an answer that stands in for the right one.</summary>
    public string? ContentType { get; init; }

    /// <summary>Which later version of a video; from 1.</summary>
    [Range(1, int.MaxValue)]
    public int Revision { get; init; } = 1;

    /// <summary>Start of all paths of a hoster.</summary>
    internal static string PathOf(string hoster) => $"/hoster/{hoster.ToLowerInvariant()}/";

    internal bool Concerns(HttpRequest request) =>
        request.Path.Value!.StartsWith(Path ?? (Hoster is null ? "/" : PathOf(Hoster)), StringComparison.Ordinal)
        && (Kind is not (FaultKind.IgnoreRange or FaultKind.WrongRange) || request.Headers.Range.Count > 0);
}

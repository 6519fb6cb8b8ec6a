namespace AniWorld.SampleSite.Faults;

/// <summary>A request that reached the site. While it is answered, its last three members still change.</summary>
/// <param name="Number">From 1, in the order of arrival.</param>
/// <param name="Path">With the query.</param>
/// <param name="Connection">The same for all requests of one connection.</param>
public sealed record LoggedRequest(
    int Number, string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Connection, DateTimeOffset StartedAt)
{
    private long _bytesSent;

    /// <summary>The <c>Range</c> header; <see langword="null"/> when all was asked for.</summary>
    public string? Range => Headers.GetValueOrDefault("Range");

    /// <summary>HTTP status; <see langword="null"/> until it is known.</summary>
    public int? Status { get; internal set; }

    /// <summary>Bytes of the body that were handed to the connection.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>When the answer was over; <see langword="null"/> while it is under way.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    internal void Count(int bytes) => Interlocked.Add(ref _bytesSent, bytes);
}

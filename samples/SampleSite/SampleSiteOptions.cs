namespace AniWorld.SampleSite;

/// <summary>How a sample site runs.</summary>
public sealed record SampleSiteOptions
{
    /// <summary>Address to listen on, such as <c>http://127.0.0.1:0</c> for a free port; <see langword="null"/>: what the arguments and the environment say.</summary>
    public string? Address { get; init; }

    /// <summary>Address to listen on when nobody gives one.</summary>
    public string FallbackAddress { get; init; } = "http://127.0.0.1:0";

    /// <summary>Bytes per second that each connection to a hoster gets, above 0; <see langword="null"/>: as fast as it goes.</summary>
    public long? Throttle { get; init; }

    /// <summary>Size in bytes that each MP4 has at least: a box of filler makes up the rest. 0: as the clip is.</summary>
    /// <remarks>The filler is computed from its offset, so that 2 GiB cost neither memory nor disk.</remarks>
    public long PadTo { get; init; }

    /// <summary>The clock of throttled transfers and of the request log.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

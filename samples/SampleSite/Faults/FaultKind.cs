namespace AniWorld.SampleSite.Faults;

/// <summary>What can go wrong. In JSON in snake_case: <c>redirect_loop</c>.</summary>
public enum FaultKind
{
    /// <summary>An error answer: <see cref="Fault.Status"/>, with <see cref="Fault.RetryAfter"/> when given.</summary>
    Status,

    /// <summary>A page with status 200 in place of what was asked for, as <c>text/html</c> or as <see cref="Fault.ContentType"/>.</summary>
    Html,

    /// <summary>A redirect to the same address. With <see cref="Fault.Times"/> it is a chain of so many, without it a loop.</summary>
    RedirectLoop,

    /// <summary>No answer at all; the connection stays open.</summary>
    Hang,

    /// <summary>The body goes silent after <see cref="Fault.Bytes"/>; the connection stays open.</summary>
    Stall,

    /// <summary>The connection is reset after <see cref="Fault.Bytes"/> of the body.</summary>
    Drop,

    /// <summary>The connection is closed in good order after <see cref="Fault.Bytes"/>, while Content-Length announced all.</summary>
    Cut,

    /// <summary>Content-Length and body both end at <see cref="Fault.Bytes"/>, as if the file were shorter.</summary>
    Shorten,

    /// <summary>No Content-Length; the body ends in good order after <see cref="Fault.Bytes"/>, or complete when that is not given.</summary>
    NoLength,

    /// <summary>A request for a range gets the whole file with status 200. Leaves other requests alone.</summary>
    IgnoreRange,

    /// <summary>A request for a range gets one that starts <see cref="Fault.Bytes"/> later. Leaves other requests alone.</summary>
    WrongRange,

    /// <summary>Another version of the video (<see cref="Fault.Revision"/>): other bytes, length and ETag.</summary>
    Changed,

    /// <summary>A redesigned page: none of the names by which the profile finds things is left.</summary>
    Layout,

    /// <summary>The search's answer, HTML-escaped as a whole.</summary>
    EscapedJson,

    /// <summary>At most <see cref="Fault.BytesPerSecond"/>. May come on top of another fault.</summary>
    Throttle,

    /// <summary>A gzip body of zeros that unpacks to <see cref="Fault.Bytes"/>.</summary>
    GzipBomb,
}

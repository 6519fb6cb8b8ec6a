using AniWorld.Services.Faults;

namespace AniWorld.Services.Streaming;

/// <summary>What a failure says about the hoster that it happened with.</summary>
internal static class HosterBlame
{
    /// <summary>Failures of this machine, which no hoster can help.</summary>
    private static readonly HashSet<string> Ours =
    [
        FaultCode.DiskFull, FaultCode.ReadOnly, FaultCode.PermissionDenied, FaultCode.TargetMissing, FaultCode.NameConflict, FaultCode.IoError,
        FaultCode.ToolMissing, FaultCode.ToolFailed, FaultCode.Internal,
    ];

    /// <summary>Failures that the hoster's next video will most likely meet, too.</summary>
    private static readonly HashSet<string> Broken =
    [
        FaultCode.Timeout, FaultCode.Stalled, FaultCode.Dns, FaultCode.Refused, FaultCode.Tls, FaultCode.Truncated, FaultCode.ProtocolError,
        FaultCode.TooManyRedirects, FaultCode.RateLimited, FaultCode.NoStream, FaultCode.NotMedia, FaultCode.ManualAction,
        FaultCode.Http(401), FaultCode.Http(403), FaultCode.Http(408),
    ];

    /// <summary>Whether it counts against the hoster's success rate.</summary>
    public static bool IsItsFailure(FaultException fault) => !Ours.Contains(fault.Code);

    /// <summary>Whether it is a sign that the hoster as a whole is broken. A break that it asked for is not.</summary>
    public static bool IsBroken(FaultException fault) =>
        fault.RetryAfter is null && (Broken.Contains(fault.Code) || fault.Code.StartsWith("http_5", StringComparison.Ordinal));

    /// <summary>How a link ends that was signed for a while only: resolved again, there may be a new one.</summary>
    public static bool IsExpiredLink(FaultException fault) =>
        fault.Code == FaultCode.Http(401) || fault.Code == FaultCode.Http(403) || fault.Code == FaultCode.Http(404) || fault.Code == FaultCode.Http(410);
}

using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Downloads;

/// <summary>What the queue does about a failure.</summary>
internal enum FaultKind
{
    /// <summary>Something around us must change (disk, mount), or a hoster or site is left alone; the item waits and looks again, however often.</summary>
    Waits,

    /// <summary>May pass: retried with growing delay, as often as <c>downloads.attempts</c> says.</summary>
    Transient,

    /// <summary>Trying again brings the same.</summary>
    Permanent,
}

internal static class FaultKinds
{
    public static FaultKind Of(FaultException fault) => fault is HosterFault { IsResting: true } or SiteFault ? FaultKind.Waits : Of(fault.Code);

    /// <summary>Whether the source has it no longer in this language, from any hoster: the next language of the profile may be there.</summary>
    public static bool IsGone(FaultException fault) =>
        fault.Code is FaultCode.LanguageMissing || fault.Code == FaultCode.Http(404) || fault.Code == FaultCode.Http(410);

    public static FaultKind Of(string code) => code switch
    {
        FaultCode.DiskFull or FaultCode.TargetMissing or FaultCode.ReadOnly or FaultCode.PermissionDenied => FaultKind.Waits,
        FaultCode.NotMedia or FaultCode.TooLarge or FaultCode.TooSmall or FaultCode.NameConflict or FaultCode.TooManyRedirects
            or FaultCode.BlockedAddress or FaultCode.BlockedScheme or FaultCode.PlaylistInvalid or FaultCode.PlaylistTooLarge
            or FaultCode.LiveStream or FaultCode.UnsupportedEncryption or FaultCode.NoStream or FaultCode.ToolMissing
            or FaultCode.ManualAction or FaultCode.LanguageMissing or FaultCode.BadKey or FaultCode.Tls => FaultKind.Permanent,
        "http_401" or "http_403" or "http_404" or "http_410" or "http_451" => FaultKind.Permanent,
        _ => FaultKind.Transient,
    };
}

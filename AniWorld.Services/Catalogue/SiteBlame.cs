using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>Whether a failure says something about the whole site, or about one page and our own settings only.</summary>
internal static class SiteBlame
{
    public static bool IsItsFailure(FaultException fault) => fault.Code switch
    {
        FaultCode.ProviderChanged or FaultCode.Timeout or FaultCode.Stalled or FaultCode.Truncated or FaultCode.Dns or FaultCode.Refused
            or FaultCode.Tls or FaultCode.ProtocolError or FaultCode.TooManyRedirects => true,
        var code => code.StartsWith("http_", StringComparison.Ordinal),
    };
}

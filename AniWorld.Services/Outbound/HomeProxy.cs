using System.Net;

namespace AniWorld.Services.Outbound;

/// <summary>The configured proxy, but for what is at home: that the proxy could not reach.</summary>
internal sealed class HomeProxy(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => IsAtHome(host) || proxy.IsBypassed(host);

    private static bool IsAtHome(Uri host) => IPAddress.TryParse(host.IdnHost, out var address)
        ? !PublicAddress.Is(address)
        : !host.IdnHost.Contains('.') || Array.Exists([".local", ".lan", ".home.arpa"], end => host.IdnHost.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}

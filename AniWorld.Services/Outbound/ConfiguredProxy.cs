using System.Net;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Outbound;

/// <summary>The proxy named by <c>network.proxy</c>, live; <c>HTTP_PROXY</c> and the like are ignored.</summary>
internal sealed class ConfiguredProxy(IOptionsMonitor<AniWorldOptions> options) : IWebProxy
{
    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => options.CurrentValue.Network.Proxy is { } proxy ? new Uri(proxy) : null;

    public bool IsBypassed(Uri host) => options.CurrentValue.Network.Proxy is null;
}

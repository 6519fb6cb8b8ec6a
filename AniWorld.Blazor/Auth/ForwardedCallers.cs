using System.Net;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Auth;

/// <summary>Believes forwarding headers of the proxies that are listed under <c>network.known_proxies</c>, and of nobody else.</summary>
internal sealed class ForwardedCallers(IOptionsMonitor<AniWorldOptions> options, ILoggerFactory loggers)
{
    private volatile State? _state;

    public void Apply(HttpContext context)
    {
        var known = options.CurrentValue.Network.KnownProxies;
        if (_state is not { } state || !state.Known.SequenceEqual(known))
        {
            _state = state = new State(known, Middleware(known));
        }

        state.Middleware.ApplyForwarders(context);
    }

    private ForwardedHeadersMiddleware Middleware(IReadOnlyList<string> known)
    {
        var forwarding = new ForwardedHeadersOptions { ForwardLimit = null };
        forwarding.KnownProxies.Clear();
        forwarding.KnownIPNetworks.Clear();
        foreach (var entry in known)
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                forwarding.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
            {
                forwarding.KnownIPNetworks.Add(network);
            }
        }

        // With both lists empty the middleware would believe everybody.
        forwarding.ForwardedHeaders = forwarding.KnownProxies.Count + forwarding.KnownIPNetworks.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        return new ForwardedHeadersMiddleware(_ => Task.CompletedTask, loggers, Options.Create(forwarding));
    }

    private sealed record State(IReadOnlyList<string> Known, ForwardedHeadersMiddleware Middleware);
}

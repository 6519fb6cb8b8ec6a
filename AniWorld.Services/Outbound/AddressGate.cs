using System.Net;
using System.Net.Sockets;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Outbound;

/// <summary>Looks a name up; a seam for tests, <see cref="Dns.GetHostAddressesAsync(string, CancellationToken)"/> otherwise.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>Decides which addresses may be connected to, and connects to no other.</summary>
/// <remarks>
/// The address that was checked is the one connected to, so a name that changes its address between two look-ups gains nothing.
/// Behind <c>network.proxy</c> the proxy connects: then the name is looked up here and every address it has must be allowed, but the
/// proxy's own look-up may differ, and a name that only the proxy can look up is refused as <c>dns</c>.
/// </remarks>
internal sealed class AddressGate(IOptionsMonitor<AniWorldOptions> options, ResolveHost resolve, bool allowPrivate = false)
{
    /// <summary>Refuses, before anything is sent, an address that can be judged without connecting.</summary>
    /// <exception cref="FaultException"><c>blocked_scheme</c>, <c>blocked_address</c>; behind a proxy also <c>dns</c>.</exception>
    public async Task CheckAsync(Uri uri, CancellationToken cancellationToken)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            throw new FaultException(
                FaultCode.BlockedScheme, new Sentence("fault_scheme", Shown(uri)));
        }

        if (IPAddress.TryParse(uri.IdnHost, out var literal))
        {
            Refuse(uri.IdnHost, uri.Port, [literal]);
        }
        else if (options.CurrentValue.Network.Proxy is not null)
        {
            Refuse(uri.IdnHost, uri.Port, await LookUpAsync(uri.IdnHost, cancellationToken));
        }
    }

    /// <summary>The connect callback: resolves, connects to the first allowed address that answers.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    /// <summary>The same for who speaks no HTTP of ours.</summary>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await LookUpAsync(host, cancellationToken);
        var allowed = IsProxy(host, port) ? addresses : [.. addresses.Where(address => IsAllowed(host, port, address))];
        if (allowed.Length == 0)
        {
            throw Blocked(host, port);
        }

        return await ConnectAsync(host, port, allowed, cancellationToken);
    }

    private async Task<Stream> ConnectAsync(string host, int port, IPAddress[] addresses, CancellationToken cancellationToken)
    {
        // One silent address must not eat the time of the others.
        var share = TimeSpan.FromSeconds(options.CurrentValue.Limits.ConnectSeconds / addresses.Length);
        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(share);
            try
            {
                await socket.ConnectAsync(address, port, limit.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e)
            {
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                last = e;
            }
        }

        throw last is OperationCanceledException
            ? new FaultException(FaultCode.Timeout, new Sentence("fault_host_silent", host, port), last)
            : new FaultException(FaultCode.Refused, new Sentence("fault_host_refuses", host, port), last);
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await resolve(host, cancellationToken) is { Length: > 0 } addresses
                ? addresses
                : throw new SocketException((int)SocketError.NoData);
        }
        catch (SocketException e)
        {
            throw new FaultException(
                FaultCode.Dns, new Sentence("fault_dns", host), e);
        }
    }

    private void Refuse(string host, int port, IPAddress[] addresses)
    {
        if (addresses.Any(address => !IsAllowed(host, port, address)))
        {
            throw Blocked(host, port);
        }
    }

    private bool IsAllowed(string host, int port, IPAddress address) =>
        allowPrivate
        || PublicAddress.Is(address)
        || options.CurrentValue.Network.AllowPrivateHosts.Any(entry => Names(entry, host, port) || Names(entry, address.ToString(), port));

    /// <summary>Whether an entry <c>host:port</c> or <c>[v6]:port</c> names this host and port.</summary>
    private static bool Names(string entry, string host, int port)
    {
        var colon = entry.LastIndexOf(':');
        return colon > 0
            && entry.AsSpan(colon + 1).Trim().SequenceEqual(port.ToString(System.Globalization.CultureInfo.InvariantCulture))
            && entry.AsSpan(0, colon).Trim().Trim("[]").Equals(host.AsSpan().Trim("[]"), StringComparison.OrdinalIgnoreCase);
    }

    private bool IsProxy(string host, int port) =>
        options.CurrentValue.Network.Proxy is { } proxy
        && new Uri(proxy) is var uri
        && uri.Port == port
        && uri.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static FaultException Blocked(string host, int port) => new(
        FaultCode.BlockedAddress,
        new Sentence("fault_private", host, port));

    private static string Shown(Uri uri)
    {
        var text = uri.OriginalString;
        return text.Length <= 100 ? text : text[..100] + "…";
    }
}

using System.Net;
using System.Net.Sockets;

namespace AniWorld.Services.Auth;

/// <summary>Who asks to be let in.</summary>
/// <param name="Address">The client's; <see langword="null"/> over a Unix socket.</param>
/// <param name="IsLocal">On this machine itself, without a proxy in between.</param>
public sealed record Caller(IPAddress? Address, string? UserAgent, bool IsLocal)
{
    private const int LongestUserAgent = 256;

    /// <summary>As it is shown in the list of sessions.</summary>
    public string? ShownAddress => Unmapped?.ToString();

    public string? ShortUserAgent => UserAgent is { Length: > LongestUserAgent } agent ? agent[..LongestUserAgent] : UserAgent;

    /// <summary>What failures are counted by: an IPv4 address, or an IPv6 network of /64, of which a client has all addresses.</summary>
    public string CountedAs => Unmapped switch
    {
        null => "local",
        { AddressFamily: AddressFamily.InterNetworkV6 } six when !IPAddress.IsLoopback(six) => Network(six),
        var other => other.ToString(),
    };

    private IPAddress? Unmapped => Address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : Address;

    private static string Network(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}

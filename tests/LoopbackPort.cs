using System.Net;
using System.Net.Sockets;

namespace AniWorld.Tests;

internal static class LoopbackPort
{
    /// <summary>One that nobody listens on at the moment, for a server that must be told its port.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

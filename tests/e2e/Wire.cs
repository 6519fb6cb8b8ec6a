using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AniWorld.E2E;

/// <summary>Stands between a browser and a server and passes everything on, until it is cut.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
    private readonly Uri _server;
    private readonly Task _accepting;
    private volatile bool _isCut;

    public Wire(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    /// <summary>The server's, as the browser sees it.</summary>
    public Uri Address { get; }

    /// <summary>Ends every connection; new ones go through.</summary>
    public void Snap()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>Ends every connection, and new ones too, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isCut = true;
        Snap();
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        Snap();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptTcpClientAsync(_ending.Token);
                passing.Add(PassAsync(browser));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient browser)
    {
        using var server = new TcpClient();
        _open[browser] = _open[server] = true;
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _ending.Token);
            if (!_isCut)
            {
                await Task.WhenAny(CopyAsync(browser, server), CopyAsync(server, browser));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server is away, or the wire was cut meanwhile: so is this connection.
        }

        _open.Remove(browser, out _);
        _open.Remove(server, out _);
        browser.Dispose();
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _ending.Token);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // One end is gone.
        }
    }
}

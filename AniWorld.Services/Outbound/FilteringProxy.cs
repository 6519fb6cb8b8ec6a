using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Outbound;

/// <summary>
/// A proxy on loopback for a tool that makes its own requests: it connects to what <see cref="AddressGate"/> allows and to nothing else,
/// over <c>network.proxy</c> where that is set. Lives as long as the tool runs.
/// </summary>
internal sealed class FilteringProxy : IAsyncDisposable
{
    private const int MostHead = 64 << 10;
    private const int MostConnections = 64;

    private readonly AddressGate _gate;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _places = new(MostConnections);
    private readonly ConcurrentDictionary<Task, bool> _talks = new();
    private readonly Task _accepting;

    public FilteringProxy(AddressGate gate, IOptionsMonitor<AniWorldOptions> options)
    {
        (_gate, _options) = (gate, options);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The first connection that was refused; <see langword="null"/> when none was.</summary>
    public FaultException? Refusal { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks.Keys);
        _end.Dispose();
        _places.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _places.WaitAsync(_end.Token);
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                var talk = TalkAsync(client);
                _talks[talk] = true;
                _ = talk.ContinueWith(ended => _talks.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The tool has ended.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await ServeAsync(client.GetStream());
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidDataException)
        {
            // One connection less; the tool sees that for itself.
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task ServeAsync(NetworkStream client)
    {
        var (head, rest) = await ReadHeadAsync(client, _end.Token);
        if (ProxyRequest.Parse(head) is not { } request)
        {
            await AnswerAsync(client, "400 Bad Request");
            return;
        }

        Stream server;
        try
        {
            server = await ConnectAsync(request.Host, request.Port);
        }
        catch (FaultException fault)
        {
            Refusal ??= fault.Code is FaultCode.BlockedAddress or FaultCode.BlockedScheme ? fault : null;
            await AnswerAsync(client, fault.Code is FaultCode.BlockedAddress ? "403 Forbidden" : "502 Bad Gateway");
            return;
        }

        await using (server)
        {
            if (request.IsTunnel)
            {
                await AnswerAsync(client, "200 Connection established", close: false);
            }
            else
            {
                await server.WriteAsync(Encoding.Latin1.GetBytes(request.Head), _end.Token);
            }

            await server.WriteAsync(rest, _end.Token);
            await Task.WhenAny(client.CopyToAsync(server, _end.Token), server.CopyToAsync(client, _end.Token));
        }
    }

    private async Task<Stream> ConnectAsync(string host, int port)
    {
        if (_options.CurrentValue.Network.Proxy is not { } proxy)
        {
            return await _gate.ConnectAsync(host, port, _end.Token);
        }

        await _gate.CheckAsync(new UriBuilder(Uri.UriSchemeHttp, host, port).Uri, _end.Token);
        var upstream = new Uri(proxy);
        var stream = await _gate.ConnectAsync(upstream.IdnHost, upstream.Port, _end.Token);
        var login = upstream.UserInfo.Length == 0 ? ""
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(upstream.UserInfo)))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{login}\r\n"), _end.Token);
        var (answer, _) = await ReadHeadAsync(stream, _end.Token);
        if (!answer.Split(' ').ElementAtOrDefault(1)?.StartsWith('2') ?? true)
        {
            await stream.DisposeAsync();
            throw new FaultException(FaultCode.Refused, new Sentence("fault_proxy_refuses", upstream.Authority, host, port));
        }

        return stream;
    }

    /// <returns>All up to the empty line, and what came behind it.</returns>
    private static async Task<(string Head, ReadOnlyMemory<byte> Behind)> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostHead];
        var count = 0;
        while (count < buffer.Length && await stream.ReadAsync(buffer.AsMemory(count), cancellationToken) is > 0 and var read)
        {
            count += read;
            if (buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                return (Encoding.Latin1.GetString(buffer, 0, end + 4), buffer.AsMemory((end + 4)..count));
            }
        }

        throw new InvalidDataException("The head of the request does not end.");
    }

    private async Task AnswerAsync(NetworkStream client, string status, bool close = true) => await client.WriteAsync(
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{(close ? "Content-Length: 0\r\nConnection: close\r\n" : "")}\r\n"), _end.Token);
}

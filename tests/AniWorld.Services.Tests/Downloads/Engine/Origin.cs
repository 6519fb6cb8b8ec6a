using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>A web server on loopback that answers as a test says, down to the byte: lies, cuts and silence included.</summary>
internal sealed class Origin : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Func<Exchange, Task>> _handlers = new();
    private readonly Task _accepting;

    public Origin()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Authority => $"127.0.0.1:{Port}";

    /// <summary>All requests in the order of arrival.</summary>
    public ConcurrentQueue<Exchange> Requests { get; } = new();

    public Uri Url(string path) => new($"http://{Authority}{path}");

    public IEnumerable<Exchange> RequestsTo(string path) => Requests.Where(request => request.Path == path);

    public void On(string path, Func<Exchange, Task> handler) => _handlers[path] = handler;

    /// <summary>A well-behaved file with ranges and a strong ETag.</summary>
    public void Serve(string path, byte[] content, string etag = "\"v1\"") =>
        On(path, exchange => exchange.SendFileAsync(content, etag));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await ReadRequestAsync(stream) is { } exchange)
            {
                Requests.Enqueue(exchange);
                var handler = _handlers.GetValueOrDefault(exchange.Path) ?? (missing => missing.SendAsync(404, "nothing here"));
                await handler(exchange);
                if (exchange.Closed)
                {
                    // Lets what was written arrive before the end.
                    client.Client.Shutdown(SocketShutdown.Send);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, as some tests make it.
        }
    }

    private async Task<Exchange?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new Exchange(stream, lines[0].Split(' ')[1], headers, _stop.Token);
    }
}

/// <summary>One request and the ways to answer it.</summary>
internal sealed class Exchange(Stream stream, string path, IReadOnlyDictionary<string, string> headers, CancellationToken stopped)
{
    public string Path => path;

    /// <summary>Ends when the origin is disposed.</summary>
    public CancellationToken Stopped => stopped;

    /// <summary>Whether the connection ends after this answer.</summary>
    public bool Closed { get; set; }

    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>The first and last byte asked for; the last is null when open.</summary>
    public (long From, long? To)? Range
    {
        get
        {
            if (Header("Range") is not { } range)
            {
                return null;
            }

            var ends = range["bytes=".Length..].Split('-');
            return (long.Parse(ends[0], CultureInfo.InvariantCulture), ends[1].Length == 0 ? null : long.Parse(ends[1], CultureInfo.InvariantCulture));
        }
    }

    public Task SendAsync(int status, string body, params string[] headerLines) =>
        SendAsync(status, Encoding.UTF8.GetBytes(body), headerLines);

    public async Task SendAsync(int status, byte[] body, params string[] headerLines)
    {
        await HeadAsync(status, [$"Content-Length: {body.Length}", .. headerLines]);
        await BodyAsync(body);
    }

    /// <summary>As a good server does it: 206 for a range, 200 where If-Range no longer fits.</summary>
    public Task SendFileAsync(byte[] content, string? etag, Func<byte[], Task>? body = null)
    {
        string[] validator = etag is null ? [] : [$"ETag: {etag}"];
        body ??= BodyAsync;
        if (Range is not { } range || (Header("If-Range") is { } wanted && wanted != etag))
        {
            return SendAllAsync(200, [$"Content-Length: {content.Length}", "Accept-Ranges: bytes", .. validator], content, body);
        }

        if (range.From >= content.Length)
        {
            return SendAsync(416, "", $"Content-Range: bytes */{content.Length}");
        }

        var to = Math.Min(range.To ?? long.MaxValue, content.Length - 1);
        var part = content[(int)range.From..(int)(to + 1)];
        return SendAllAsync(
            206, [$"Content-Length: {part.Length}", $"Content-Range: bytes {range.From}-{to}/{content.Length}", .. validator], part, body);
    }

    public Task HeadAsync(int status, params string[] headerLines) =>
        WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\n{string.Join("\r\n", headerLines)}\r\n\r\n"));

    public Task BodyAsync(byte[] bytes) => WriteAsync(bytes);

    /// <summary>Says nothing more until the test is over.</summary>
    public Task SilenceAsync() => Task.Delay(Timeout.Infinite, stopped);

    private async Task SendAllAsync(int status, string[] headerLines, byte[] bytes, Func<byte[], Task> body)
    {
        await HeadAsync(status, headerLines);
        await body(bytes);
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stopped);
        await stream.FlushAsync(stopped);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace AniWorld.Services.Tests.Nodes;

/// <summary>The line to a PostgreSQL, which breaks once just when a transaction that tells the other nodes something is committed.</summary>
internal sealed class LosingLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _arrives;
    private int _breaks;

    /// <param name="arrives">The commit reaches the server and its answer is lost; else the commit is.</param>
    public LosingLine(bool arrives)
    {
        _arrives = arrives;
        _listener.Start();
    }

    /// <summary>How often it broke.</summary>
    public int Breaks => _breaks;

    /// <summary>From now on this line goes to the server of a connection string.</summary>
    /// <returns>The connection string by way of this line.</returns>
    public string Lead(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        _ = AcceptAsync(server.Host!, server.Port);
        return new NpgsqlConnectionStringBuilder(connectionString) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.ConnectionString;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync(string host, int port)
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = CarryAsync(client, host, port);
        }
    }

    private async Task CarryAsync(TcpClient client, string host, int port)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(host, port);
        await Task.WhenAny(AskAsync(near.GetStream(), far.GetStream()), far.GetStream().CopyToAsync(near.GetStream(), _stop.Token));
    }

    /// <returns>When one side hung up, or the line broke.</returns>
    private async Task AskAsync(NetworkStream near, NetworkStream far)
    {
        var buffer = new byte[1 << 16];
        var tells = false;
        while (await near.ReadAsync(buffer, _stop.Token) is var read and > 0)
        {
            var said = Encoding.Latin1.GetString(buffer, 0, read);
            tells = (tells && !said.Contains("BEGIN", StringComparison.Ordinal)) || said.Contains("\"NodeEvents\"", StringComparison.Ordinal);
            var breaks = tells && said.Contains("COMMIT", StringComparison.Ordinal) && Interlocked.CompareExchange(ref _breaks, 1, 0) == 0;
            if (!breaks || _arrives)
            {
                await far.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }

            if (breaks)
            {
                near.Socket.Close(0);
                return;
            }
        }
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Servers that cannot be reached, or not by the way that was asked for.</summary>
public sealed class RangeConnectionTests : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RangeConnectionTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    [Fact]
    public async Task A_redirect_from_https_to_http_is_not_followed()
    {
        await using var world = World(_certificate);
        world.Origin.Serve("/clip", Clips.Mp4(5000));
        var serving = ServeAsync($"HTTP/1.1 302 Found\r\nLocation: {world.Origin.Url("/clip")}\r\nContent-Length: 0\r\n\r\n");

        var fault = await world.FaultAsync(new Uri($"https://127.0.0.1:{Port}/clip"));

        Assert.Equal(FaultCode.ProtocolError, fault.Code);
        Assert.Empty(world.Origin.RequestsTo("/clip"));
        Assert.DoesNotContain(world.Files, name => name.EndsWith(".mp4", StringComparison.Ordinal));
        await EndAsync(serving);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_no_request()
    {
        await using var world = World();
        var serving = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var fault = await world.FaultAsync(new Uri($"https://127.0.0.1:{Port}/clip"));

        Assert.Equal(FaultCode.Tls, fault.Code);
        await EndAsync(serving);
    }

    [Fact]
    public async Task A_closed_port_refuses()
    {
        await using var world = World();
        _listener.Stop();

        Assert.Equal(FaultCode.Refused, (await world.FaultAsync(new Uri($"http://127.0.0.1:{AllowedPort(world)}/clip"))).Code);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_a_dns_fault()
    {
        await using var world = World();

        Assert.Equal(FaultCode.Dns, (await world.FaultAsync(new Uri("http://no-such-host.invalid/clip"))).Code);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _certificate.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int AllowedPort(EngineWorld world) =>
        int.Parse(world.CurrentValue.Network.AllowPrivateHosts[^1].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private EngineWorld World(X509Certificate2? trusted = null)
    {
        var world = new EngineWorld(certificate: trusted);
        var network = world.CurrentValue.Network;
        world.CurrentValue = world.CurrentValue with
        {
            Network = network with { AllowPrivateHosts = [.. network.AllowPrivateHosts, $"127.0.0.1:{Port}"] },
        };
        return world;
    }

    private Task ServeAsync(string answer) => Task.Run(async () =>
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(_certificate);
            var request = new byte[8192];
            if (await tls.ReadAsync(request) > 0)
            {
                await tls.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        }
    });

    private async Task EndAsync(Task serving)
    {
        _listener.Stop();
        await Record.ExceptionAsync(() => serving);
    }
}

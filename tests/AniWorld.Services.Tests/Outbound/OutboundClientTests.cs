using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using AniWorld.Services.Tests.Downloads.Engine;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Outbound;

public sealed class OutboundClientTests : IAsyncLifetime
{
    private readonly Origin _origin = new();
    private readonly OutboundWorld _world = new();

    public ValueTask InitializeAsync()
    {
        _world.Allow(_origin.Authority);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _world.Dispose();
        await _origin.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_comes_as_it_was_sent()
    {
        _origin.On("/x", exchange => exchange.SendAsync(200, "hello"));

        using var response = await GetAsync("/x");

        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
        Assert.Null(_origin.Requests.Single().Header("traceparent"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/x")]
    [InlineData("http://127.1:{0}/x")]
    [InlineData("http://2130706433:{0}/x")]
    [InlineData("http://0x7f.1:{0}/x")]
    [InlineData("http://0177.0.0.1:{0}/x")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/x")]
    [InlineData("http://[::1]:{0}/x")]
    [InlineData("http://localhost:{0}/x")]
    [InlineData("http://0.0.0.0:{0}/x")]
    public async Task A_private_address_is_refused_in_every_spelling(string address)
    {
        _world.Allow();

        var fault = await FaultOfAsync(new Uri(string.Format(null, address, _origin.Port)));

        Assert.Equal(FaultCode.BlockedAddress, fault.Code);
        Assert.Empty(_origin.Requests);
    }

    [Fact]
    public async Task A_public_name_that_leads_to_a_private_address_is_refused()
    {
        _world.Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

        var fault = await FaultOfAsync(new Uri($"http://cdn.example:{_origin.Port + 1}/x"));

        Assert.Equal(FaultCode.BlockedAddress, fault.Code);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_what_was_checked_is_connected_to()
    {
        var lookUps = 0;
        _world.Allow($"cdn.example:{_origin.Port}");
        _world.Resolve = (_, _) => Task.FromResult<IPAddress[]>(++lookUps == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("10.0.0.1")]);
        _origin.On("/x", exchange => exchange.SendAsync(200, "hello"));

        using var response = await _world.Client.SendAsync(new(HttpMethod.Get, new Uri($"http://cdn.example:{_origin.Port}/x")));

        Assert.Equal(1, lookUps);
    }

    [Fact]
    public async Task A_setting_that_allows_a_host_takes_effect_at_once()
    {
        _world.Allow();
        _origin.On("/x", exchange => exchange.SendAsync(200, "hello"));
        await FaultOfAsync(_origin.Url("/x"));

        _world.Allow(_origin.Authority);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/x")).StatusCode);
    }

    [Theory]
    [InlineData("ftp://example.org/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/plain,x")]
    public async Task Only_http_and_https_are_opened(string address) =>
        Assert.Equal(FaultCode.BlockedScheme, (await FaultOfAsync(new Uri(address))).Code);

    [Theory]
    [InlineData("/to")]
    [InlineData("to")]
    [InlineData("./a/../to")]
    public async Task A_redirect_is_followed_whatever_way_it_is_written(string location)
    {
        _origin.On("/from", exchange => exchange.SendAsync(302, "", $"Location: {location}"));
        _origin.On("/to", exchange => exchange.SendAsync(200, "there"));

        using var response = await GetAsync("/from");

        Assert.Equal("there", await response.Content.ReadAsStringAsync());
        Assert.Equal("/to", response.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Ten_redirects_are_followed_and_eleven_are_not()
    {
        for (var i = 0; i < 11; i++)
        {
            var next = i + 1;
            _origin.On($"/{i}", exchange => exchange.SendAsync(302, "", $"Location: /{next}"));
        }

        _origin.On("/11", exchange => exchange.SendAsync(200, "there"));

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/1")).StatusCode);
        Assert.Equal(FaultCode.TooManyRedirects, (await FaultOfAsync(_origin.Url("/0"))).Code);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused()
    {
        _origin.On("/from", exchange => exchange.SendAsync(302, "", "Location: http://127.0.0.1:1/"));

        Assert.Equal(FaultCode.BlockedAddress, (await FaultOfAsync(_origin.Url("/from"))).Code);
    }

    [Fact]
    public async Task A_redirect_to_another_scheme_is_refused()
    {
        _origin.On("/from", exchange => exchange.SendAsync(302, "", "Location: file:///etc/passwd"));

        Assert.Equal(FaultCode.BlockedScheme, (await FaultOfAsync(_origin.Url("/from"))).Code);
    }

    [Fact]
    public async Task What_was_meant_for_one_origin_stays_there_and_comes_back_with_it()
    {
        await using var other = new Origin();
        _world.Allow(_origin.Authority, other.Authority);
        _origin.On("/from", exchange => exchange.SendAsync(302, "", $"Location: {other.Url("/over")}"));
        other.On("/over", exchange => exchange.SendAsync(302, "", $"Location: {_origin.Url("/back")}"));
        _origin.On("/back", exchange => exchange.SendAsync(200, "there"));
        using var request = new HttpRequestMessage(HttpMethod.Get, _origin.Url("/from"));
        request.Headers.Referrer = new Uri("http://site.example/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        request.Headers.Add("Cookie", "session=1");
        request.Headers.Add("X-Token", "secret");
        request.Headers.Range = new RangeHeaderValue(5, 9);

        using var response = await _world.Client.SendAsync(request);

        var foreign = other.Requests.Single();
        Assert.All(["Referer", "Authorization", "Cookie", "X-Token"], name => Assert.Null(foreign.Header(name)));
        Assert.Equal("bytes=5-9", foreign.Header("Range"));
        Assert.Equal("secret", _origin.RequestsTo("/back").Single().Header("X-Token"));
    }

    [Fact]
    public async Task Two_different_lengths_are_no_answer()
    {
        _origin.On("/x", async exchange =>
        {
            await exchange.HeadAsync(200, "Content-Length: 5", "Content-Length: 6");
            await exchange.BodyAsync("hello!"u8.ToArray());
        });

        Assert.Equal(FaultCode.ProtocolError, (await FaultOfAsync(_origin.Url("/x"))).Code);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_a_dns_fault()
    {
        _world.Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound);

        Assert.Equal(FaultCode.Dns, (await FaultOfAsync(new Uri("http://nowhere.example/"))).Code);
    }

    [Fact]
    public async Task A_closed_port_refuses()
    {
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        _world.Allow($"127.0.0.1:{port}");

        Assert.Equal(FaultCode.Refused, (await FaultOfAsync(new Uri($"http://127.0.0.1:{port}/"))).Code);
    }

    [Fact]
    public async Task Headers_that_do_not_come_are_given_up()
    {
        var time = new FakeTimeProvider();
        using var world = new OutboundWorld(time, _origin.Authority);
        var asked = new TaskCompletionSource();
        _origin.On("/x", exchange =>
        {
            asked.SetResult();
            return exchange.SilenceAsync();
        });
        var sending = world.Client.SendAsync(new(HttpMethod.Get, _origin.Url("/x")));
        await asked.Task;

        time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(FaultCode.Timeout, (await Assert.ThrowsAsync<FaultException>(() => sending)).Code);
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_no_fault()
    {
        using var cancel = new CancellationTokenSource();
        _origin.On("/x", exchange =>
        {
            cancel.Cancel();
            return exchange.SilenceAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _world.Client.SendAsync(new(HttpMethod.Get, _origin.Url("/x")), cancel.Token));
    }

    [Fact]
    public async Task An_invalid_certificate_is_not_accepted()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _world.Allow($"127.0.0.1:{port}");
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
        });

        var fault = await FaultOfAsync(new Uri($"https://127.0.0.1:{port}/"));

        Assert.Equal(FaultCode.Tls, fault.Code);
        listener.Stop();
        await Record.ExceptionAsync(() => serving);
    }

    [Fact]
    public async Task Behind_a_proxy_the_target_is_checked_all_the_same()
    {
        _world.CurrentValue = _world.CurrentValue with { Network = new() { Proxy = _origin.Url("/").ToString() } };
        _world.Resolve = (host, _) => Task.FromResult<IPAddress[]>([host == "inside.example" ? IPAddress.Parse("10.0.0.1") : IPAddress.Parse("8.8.8.8")]);
        _origin.On("http://outside.example/x", exchange => exchange.SendAsync(200, "by proxy"));

        using var response = await _world.Client.SendAsync(new(HttpMethod.Get, new Uri("http://outside.example/x")));

        Assert.Equal("by proxy", await response.Content.ReadAsStringAsync());
        Assert.Equal(FaultCode.BlockedAddress, (await FaultOfAsync(new Uri("http://inside.example/x"))).Code);
    }

    [Fact]
    public async Task A_break_that_the_server_asks_for_is_told_within_bounds()
    {
        _origin.On("/short", exchange => exchange.SendAsync(429, "", "Retry-After: 7"));
        _origin.On("/long", exchange => exchange.SendAsync(503, "", "Retry-After: 999999"));

        var wait = OutboundFaults.OfStatus(await GetAsync("/short"), TimeProvider.System)!;
        var longer = OutboundFaults.OfStatus(await GetAsync("/long"), TimeProvider.System)!;

        Assert.Equal((FaultCode.RateLimited, TimeSpan.FromSeconds(7)), (wait.Code, wait.RetryAfter!.Value));
        Assert.Equal((FaultCode.RateLimited, TimeSpan.FromHours(1)), (longer.Code, longer.RetryAfter!.Value));
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _world.Client.SendAsync(new(HttpMethod.Get, _origin.Url(path)));

    private Task<FaultException> FaultOfAsync(Uri uri) =>
        Assert.ThrowsAsync<FaultException>(() => _world.Client.SendAsync(new(HttpMethod.Get, uri)));
}

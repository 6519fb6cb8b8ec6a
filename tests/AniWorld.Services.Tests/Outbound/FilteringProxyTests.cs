using System.Net;
using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;
using AniWorld.Services.Tests.Catalogue;

namespace AniWorld.Services.Tests.Outbound;

public sealed class FilteringProxyTests
{
    [Theory]
    [InlineData("CONNECT v.example:443 HTTP/1.1", "v.example:443:tunnel")]
    [InlineData("CONNECT [::1]:8443 HTTP/1.1", "::1:8443:tunnel")]
    [InlineData("GET http://v.example/a?b HTTP/1.1", "v.example:80:GET /a?b HTTP/1.1")]
    [InlineData("GET https://v.example/ HTTP/1.1", null)]
    [InlineData("GET file:///etc/passwd HTTP/1.1", null)]
    [InlineData("GET / HTTP/1.1", null)]
    [InlineData("CONNECT v.example:443/x HTTP/1.1", null)]
    [InlineData("nonsense", null)]
    public void A_request_is_for_a_host_and_a_port(string line, string? meant)
    {
        var request = ProxyRequest.Parse($"{line}\r\nHost: x\r\n\r\n");

        Assert.Equal(meant, request is null ? null : $"{request.Host}:{request.Port}:{(request.IsTunnel ? "tunnel" : request.Head.Split("\r\n")[0])}");
    }

    [Fact]
    public void What_is_for_the_proxy_is_not_passed_on()
    {
        var request = ProxyRequest.Parse("GET http://v.example/ HTTP/1.1\r\nHost: v.example\r\nProxy-Authorization: Basic x\r\nConnection: keep-alive\r\n\r\n");

        Assert.Equal("GET / HTTP/1.1\r\nHost: v.example\r\nConnection: close\r\n\r\n", request!.Head);
    }

    [Fact]
    public async Task It_leads_to_what_is_allowed_and_to_nothing_else()
    {
        await using var allowed = await LocalSite.StartAsync();
        await using var barred = await LocalSite.StartAsync();
        allowed.Page("/", "hello").On("/away", context =>
        {
            context.Response.Redirect(barred.Address.AbsoluteUri);
            return Task.CompletedTask;
        });
        var options = new FixedOptions(new AniWorldOptions { Network = new NetworkOptions { AllowPrivateHosts = [allowed.Authority] } });
        await using var proxy = new FilteringProxy(new AddressGate(options, Dns.GetHostAddressesAsync), options);
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(proxy.Address) { BypassProxyOnLocal = false } });

        Assert.Equal("hello", await client.GetStringAsync(allowed.Address, TestContext.Current.CancellationToken));
        Assert.Null(proxy.Refusal);
        using var refused = await client.GetAsync(new Uri(allowed.Address, "/away"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("blocked_address", proxy.Refusal!.Code);
        Assert.Empty(barred.Requests);
    }

    [Fact]
    public async Task A_tunnel_goes_through_the_same_gate()
    {
        await using var barred = await LocalSite.StartAsync();
        var options = new FixedOptions(new AniWorldOptions());
        await using var proxy = new FilteringProxy(new AddressGate(options, Dns.GetHostAddressesAsync), options);
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(proxy.Address) { BypassProxyOnLocal = false } });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"https://{barred.Authority}/", TestContext.Current.CancellationToken));

        Assert.Equal("blocked_address", proxy.Refusal!.Code);
    }
}

using System.IO.Compression;
using System.Text;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Faults;
using Microsoft.AspNetCore.Http;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class PageFetcherTests : IAsyncLifetime
{
    private static readonly Politeness Unhurried = new() { Burst = 100, Concurrency = 8 };

    private LocalSite _site = null!;
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LocalSite.StartAsync();
        _host = new TestHost(_site.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_page_comes_with_the_address_that_answered()
    {
        _site.Redirect("/old", "/new").Page("/new", "Grüße");

        var page = await GetAsync("/old");

        Assert.Equal("Grüße", page!.Text);
        Assert.Equal("/new", page.Address.AbsolutePath);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_page_that_is_not_there_is_null(int status)
    {
        _site.Status("/gone", status);

        Assert.Null(await GetAsync("/gone"));
    }

    [Fact]
    public async Task An_unchanged_page_is_sent_once()
    {
        _site.On("/page", context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.LastModified = "Mon, 02 Nov 2026 10:00:00 GMT";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"v1\"" ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync("body");
        });

        var first = await GetAsync("/page");
        var second = await GetAsync("/page");

        Assert.Equal(first, second);
        Assert.Equal("Mon, 02 Nov 2026 10:00:00 GMT", _site.Requests.Last().Headers.IfModifiedSince);
    }

    [Fact]
    public async Task A_passing_failure_is_tried_again()
    {
        var calls = 0;
        _site.On("/page", context =>
        {
            context.Response.StatusCode = ++calls < 3 ? 502 : 200;
            return context.Response.WriteAsync("body");
        });

        Assert.Equal("body", (await GetAsync("/page"))!.Text);
        Assert.Equal(3, calls);
    }

    [Theory]
    [InlineData(500, "http_500", 3)]
    [InlineData(403, "http_403", 1)]
    [InlineData(401, "http_401", 1)]
    public async Task A_lasting_failure_is_named(int status, string code, int attempts)
    {
        _site.Status("/page", status);

        var fault = await Assert.ThrowsAsync<FaultException>(() => GetAsync("/page"));

        Assert.Equal(code, fault.Code);
        Assert.Equal(attempts, _site.Count("/page"));
    }

    [Fact]
    public async Task A_site_that_wants_rest_for_long_is_not_asked_again()
    {
        _site.On("/page", context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        });

        var first = await Assert.ThrowsAsync<FaultException>(() => GetAsync("/page"));
        var second = await Assert.ThrowsAsync<FaultException>(() => GetAsync("/other"));

        Assert.Equal(("rate_limited", TimeSpan.FromHours(1)), (first.Code, first.RetryAfter));
        Assert.Equal("rate_limited", second.Code);
        Assert.Single(_site.Requests);
    }

    [Fact]
    public async Task A_page_past_the_limit_is_refused()
    {
        _site.Page("/page", new string('x', (5 << 20) + 1));

        Assert.Equal("too_large", (await Assert.ThrowsAsync<FaultException>(() => GetAsync("/page"))).Code);
    }

    [Fact]
    public async Task A_compressed_page_is_read()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("Grüße"));
        }

        _site.On("/page", context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(packed.ToArray()).AsTask();
        });

        Assert.Equal("Grüße", (await GetAsync("/page"))!.Text);
    }

    private Task<FetchedPage?> GetAsync(string path) => _host.Get<PageFetcher>()
        .GetAsync("aniworld", Unhurried, new Uri(_site.Address, path), "text/html", TestContext.Current.CancellationToken);
}

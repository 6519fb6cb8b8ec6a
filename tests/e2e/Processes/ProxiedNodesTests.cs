using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Processes;

/// <summary>Two web nodes behind a real nginx, as <c>compose.cluster.yaml</c> has them.</summary>
[Trait("Kind", "browser")]
public sealed class ProxiedNodesTests : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string NodeCookie = "aniworld_node";

    private readonly Chromium _chromium;
    private readonly PostgreSqlServer _database;
    private readonly string _connection;
    private ReadyServer _one = null!;
    private ServerProcess _other = null!;
    private NginxServer _nginx = null!;

    public ProxiedNodesTests(Chromium chromium)
    {
        Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.NotInstalled);
        Assert.SkipUnless(NginxServer.IsInstalled, NginxServer.NotInstalled);
        _chromium = chromium;
        _database = PostgreSqlServer.Launch();
        _connection = _database.CreateDatabase("aniworld");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServerStart Node => NodeStart.Of("web", _connection, redis: null, "--network.known_proxies.0", "127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        _one = await ReadyServer.StartAsync(null, Node);
        _other = await ServerProcess.StartAsync(Node);
        _nginx = await NginxServer.StartAsync(_one.Process.Address, _other.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await (_nginx?.DisposeAsync() ?? default);
        await (_other?.DisposeAsync() ?? default);
        await (_one?.DisposeAsync() ?? default);
        _database.Dispose();
    }

    [Fact]
    public async Task A_browser_stays_with_the_node_that_it_met_and_goes_on_with_the_other_one_when_that_is_gone()
    {
        await _one.AddAsync("kurz-und-knapp");
        await using var context = await _chromium.NewContextAsync(_nginx.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/series/kurz-und-knapp");
        await page.GetByLabel("Master password").FillAsync(ReadyServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GetByLabel("Download S01E01").ClickAsync();
        await Expect(page.Locator("[data-episode=S01E01]")).Not.ToHaveAttributeAsync("data-state", "missing");
        var met = Assert.Single(await context.CookiesAsync(), cookie => cookie.Name == NodeCookie).Value;

        // Too soon to be sure to see that it says so, the page comes anew from the other one.
        await page.RunAndWaitForRequestFinishedAsync(
            () => (met == "web-1" ? _one.Process : _other).KillAsync(),
            new() { Predicate = request => request.IsNavigationRequest && request.Url.EndsWith("/series/kurz-und-knapp", StringComparison.Ordinal) });

        await page.GetByLabel("Download S01E02").ClickAsync();
        await Expect(page.Locator("[data-episode=S01E02]")).Not.ToHaveAttributeAsync("data-state", "missing");
        await page.GotoAsync("/queue");
        await Expect(page.Locator(".queue-row")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Nodes_are_restarted_one_after_the_other_and_no_answer_is_missed()
    {
        var met = new HashSet<string>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = AskAsync(met, ending.Token);

        foreach (var node in (ServerProcess[])[_one.Process, _other])
        {
            Assert.Equal(0, await node.TerminateAsync());
            await node.StartAgainAsync();
        }

        await ReadyServer.WaitAsync(() => Task.FromResult(met.Count == 2 || asking.IsCompleted), () => string.Join(' ', met));
        await ending.CancelAsync();
        await asking;
        Assert.Equal(["web-1", "web-2"], met.Order());
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task A_visitor_cannot_say_under_which_name_it_was_asked(string host, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = _nginx.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = host } };
        request.Headers.Add("X-Forwarded-Host", expected == HttpStatusCode.OK ? "evil.example" : "localhost");

        using var answer = await client.SendAsync(request, Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    /// <summary>Asks again and again, each time as somebody new.</summary>
    private async Task AskAsync(HashSet<string> met, CancellationToken ending)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _nginx.Address };
        client.DefaultRequestHeaders.Authorization = _one.Http.DefaultRequestHeaders.Authorization;
        while (!ending.IsCancellationRequested)
        {
            using var answer = await client.GetAsync("/api/queue/status", Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            met.Add(Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split('=', ';')[1]);
        }
    }
}

using System.Text.Json;
using AniWorld.SampleSite;
using Microsoft.Playwright;

namespace AniWorld.E2E.Progress;

/// <summary>The scripts that others' pages load, <c>websocket_client.js</c> and <c>api_client.js</c>, in a page of this server.</summary>
[Trait("Kind", "browser")]
public sealed class ScriptClientTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>Logs in, joins a room and notes what happens, for <see cref="Heard"/>.</summary>
    private const string Listen = """
        async ({ password, room }) => {
          const { io } = await import("/js/websocket_client.js");
          const { api } = await import("/js/api_client.js");
          await api.login(password);
          const heard = [];
          const socket = io();
          for (const event of ["connect", "disconnect", "connect_error", "download_complete", "scan_complete"]) {
            socket.on(event, (data) => {
              heard.push({ event, data: data instanceof Error ? { status: data.status } : data });
              dispatchEvent(new Event("heard"));
            });
          }
          window.test = { api, socket, heard };
          await new Promise((resolve) => socket.join(room).once("joined", resolve));
        }
        """;

    /// <summary>What was heard, once there are so many of an event; an argument of the form <c>{ event, count }</c>.</summary>
    private const string Heard = """
        ({ event, count }) => new Promise((resolve) => {
          const { heard } = window.test;
          const look = () => {
            if (heard.filter((one) => one.event === event).length >= count) {
              removeEventListener("heard", look);
              resolve(heard);
            }
          };
          addEventListener("heard", look);
          look();
        })
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task As_module_scripts_they_set_globals_and_break_no_content_policy()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, sample.Address);
        await page.GotoAsync("/login");
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Url = "/js/websocket_client.js", Type = "module" });
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Url = "/js/api_client.js", Type = "module" });

        var seen = await EvaluateAsync(
            page,
            """
            async (password) => {
              await api.login(password);
              const socket = io();
              await new Promise((resolve) => socket.once("connect", resolve));
              const series = await api.anime.list({ all: true });
              return { kept: localStorage.getItem("access_token") === api.token, connected: socket.connected, total: series.total };
            }
            """,
            SampleServer.Password);

        Assert.True(seen.GetProperty("kept").GetBoolean());
        Assert.True(seen.GetProperty("connected").GetBoolean());
        Assert.Equal(0, seen.GetProperty("total").GetInt32());
        Assert.Empty(watch.Seen);
    }

    [Fact]
    public async Task A_page_that_is_logged_in_by_cookie_needs_no_token()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/login");

        var seen = await EvaluateAsync(
            page,
            """
            async () => {
              const { io } = await import("/js/websocket_client.js");
              const socket = io();
              await new Promise((resolve) => socket.once("connect", resolve));
              return { token: localStorage.getItem("access_token"), connected: socket.connected };
            }
            """);

        Assert.True(seen.GetProperty("connected").GetBoolean());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("token").ValueKind);
    }

    [Fact]
    public async Task A_restart_in_the_middle_is_survived_and_each_download_completes_once()
    {
        await using var sample = await SampleServer.StartReadyAsync(
            new SampleSiteOptions { PadTo = 2 << 20, Throttle = 2 << 20 },
            "--hosters.order.0", "Rangeo", "--downloads.parallel", "1", "--downloads.connections", "1");
        await sample.AddAsync("kurz-und-knapp");
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/login");
        await EvaluateAsync(page, Listen, new { password = SampleServer.Password, room = "downloads" });
        var added = (await sample.EnqueueAsync("kurz-und-knapp", (1, 1), (1, 2), (1, 3))).GetProperty("added");
        await EvaluateAsync(page, Heard, new { @event = "download_complete", count = 1 });

        Assert.Equal(0, await sample.Server.TerminateAsync());
        await EvaluateAsync(page, Heard, new { @event = "disconnect", count = 1 });
        await sample.Server.StartAgainAsync();

        var heard = await EvaluateAsync(page, Heard, new { @event = "download_complete", count = 3 });
        Assert.Equal(
            added.EnumerateArray().Select(id => id.GetString()).Order(),
            Of(heard, "download_complete").Select(data => data.GetProperty("download_id").GetString()).Order());
        Assert.Equal(2, Of(heard, "connect").Count());
    }

    [Fact]
    public async Task A_revoked_session_waits_for_the_next_log_in_and_misses_nothing()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/login");
        await EvaluateAsync(page, Listen, new { password = SampleServer.Password, room = "scan_progress" });

        await RevokeOthersAsync(sample);
        var heard = await EvaluateAsync(page, Heard, new { @event = "connect_error", count = 1 });
        Assert.Equal(4401, Of(heard, "disconnect").Single().GetProperty("code").GetInt32());
        Assert.Equal(401, Of(heard, "connect_error").Single().GetProperty("status").GetInt32());

        var refused = await EvaluateAsync(
            page,
            """
            async () => {
              const fired = [];
              test.api.on("unauthorized", (error) => fired.push(error.status));
              const status = await test.api.queue.status().then(() => 200, (error) => error.status);
              return JSON.stringify({ status, fired, token: localStorage.getItem("access_token") });
            }
            """);
        Assert.Equal("""{"status":401,"fired":[401],"token":null}""", refused.GetString());

        await sample.PostAsync("/api/anime/rescan");
        await EvaluateAsync(page, "(password) => test.api.login(password)", SampleServer.Password);
        heard = await EvaluateAsync(page, Heard, new { @event = "scan_complete", count = 1 });
        Assert.Single(Of(heard, "scan_complete"));
        Assert.Equal(2, Of(heard, "connect").Count());
    }

    private static Task<JsonElement> EvaluateAsync(IPage page, string script, object? argument = null) =>
        page.EvaluateAsync<JsonElement>(script, argument).WaitAsync(Patience);

    private static IEnumerable<JsonElement> Of(JsonElement heard, string name) =>
        heard.EnumerateArray().Where(one => one.GetProperty("event").GetString() == name).Select(one => one.GetProperty("data"));

    private static async Task RevokeOthersAsync(SampleServer sample)
    {
        var sessions = await sample.GetAsync("/api/auth/sessions");
        foreach (var other in sessions.EnumerateArray().Where(session => !session.GetProperty("current").GetBoolean()))
        {
            using var answer = await sample.Server.Http.DeleteAsync($"/api/auth/sessions/{other.GetProperty("id").GetString()}");
            Assert.True(answer.IsSuccessStatusCode);
        }
    }
}

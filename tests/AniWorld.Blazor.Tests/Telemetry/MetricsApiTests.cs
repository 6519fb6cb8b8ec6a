using System.Net;
using System.Text.RegularExpressions;

namespace AniWorld.Blazor.Tests.Telemetry;

/// <summary>The figures at <c>/metrics</c>: who may read them, what they are, and that nobody outside can make them many.</summary>
[Trait("Kind", "api")]
public sealed partial class MetricsApiTests
{
    [Fact]
    public async Task They_ask_for_a_token_or_a_key_that_may_read()
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, await KeyAsync(server, "read")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, await KeyAsync(server, "write")));
        Assert.Contains("aniworld_queue_items", await server.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_for_everybody_while_the_settings_say_so()
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        await server.PutConfigAsync(new { metrics = new { @public = true } });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, null));
        await server.PutConfigAsync(new { metrics = new { @public = false } });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, null));
    }

    [Fact]
    public async Task What_is_written_about_them_is_what_is_served()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--downloads.attempts", "1", "--hosters.order.0", "Rangeo");
        using var listening = await DownloadAndScanAsync(server);
        await server.EnqueueAsync("kurz-und-knapp", (1, 2));
        using (var events = await server.ListenAsync("downloads"))
        {
            // Without its site the next one fails.
            await server.PutConfigAsync(new { network = new { allow_private_hosts = Array.Empty<string>() } });
            await server.EnqueueAsync("kurz-und-knapp", (1, 3));
            await events.NextAsync("download_failed");
        }

        var written = File.ReadLines(Path.Join(Repository.Root, "docs", "observability.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success).Select(row => row.Groups["name"].Value).ToList();
        var text = await WaitForAsync(server, "aniworld_download_failures_total{");

        Assert.All(written.Where(name => !name.StartsWith("aniworld_hoster", StringComparison.Ordinal)), name => Assert.Contains($"\n{name}", text, StringComparison.Ordinal));
        Assert.All(Types(text).Where(name => name.StartsWith("aniworld_", StringComparison.Ordinal)), name => Assert.Contains(name, written));
    }

    [Fact]
    public async Task A_download_and_a_scan_are_counted()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--hosters.order.0", "Rangeo");
        using var listening = await DownloadAndScanAsync(server);

        var text = await WaitForAsync(server, "aniworld_scans_total{");

        Assert.Equal(1, Value(text, "aniworld_downloads_total", "outcome=\"completed\""));
        Assert.Equal(1, Value(text, "aniworld_scans_total", "outcome=\"completed\""));
        Assert.Equal(1, Value(text, "aniworld_scan_duration_seconds_count", ""));
        Assert.Equal(1, Value(text, "aniworld_queue_items", "status=\"completed\""));
        Assert.Equal(0, Value(text, "aniworld_queue_items", "status=\"pending\""));
        Assert.True(Value(text, "aniworld_download_received_bytes_total", "") > 0);
        Assert.Equal(1, Value(text, "aniworld_websocket_connections", ""));
    }

    [Fact]
    public async Task Addresses_and_methods_of_callers_never_become_labels()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        foreach (var path in new[] { "/api/anime/ein-eigener-name", "/api/ganz-woanders", "/noch-ein-eigener-name", "/ws/connect?token=ein-eigener-name" })
        {
            using var request = new HttpRequestMessage(new HttpMethod("BREW"), path);
            (await server.Http.SendAsync(request)).Dispose();
            (await server.Http.GetAsync(path)).Dispose();
        }

        var text = await WaitForAsync(server, "http_route=\"/api/anime/{");

        Assert.DoesNotContain("ein-eigener-name", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ganz-woanders", text, StringComparison.Ordinal);
        Assert.DoesNotContain("BREW", text, StringComparison.Ordinal);
        Assert.Contains("http_request_method=\"_OTHER\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http_route=\"/ws/connect\"", text, StringComparison.Ordinal);
    }

    /// <returns>What listened, and is still connected.</returns>
    private static async Task<EventStream> DownloadAndScanAsync(AniWorldServer server)
    {
        await server.AddAsync("kurz-und-knapp");
        var events = await server.ListenAsync("downloads", "scan_progress");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        await events.NextAsync("download_complete");
        await server.PostAsync("/api/anime/rescan");
        await events.NextAsync("scan_complete");
        return events;
    }

    /// <summary>Looks again until a series is there: events are counted a moment after they happened, and answers kept for one.</summary>
    private static async Task<string> WaitForAsync(AniWorldServer server, string series)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var text = await server.Http.GetStringAsync("/metrics", patience.Token);
            if (text.Contains(series, StringComparison.Ordinal))
            {
                return text;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(AniWorldServer server, string? key)
    {
        using var client = new HttpClient { BaseAddress = server.Http.BaseAddress };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        using var answer = await client.GetAsync("/metrics");
        return answer.StatusCode;
    }

    private static async Task<string> KeyAsync(AniWorldServer server, string scope) =>
        (await server.PostAsync("/api/auth/api-keys", new { name = scope, scopes = new[] { scope } })).GetProperty("key").GetString()!;

    private static double Value(string text, string name, string label)
    {
        var line = Assert.Single(
            text.Split('\n'), line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
                && line.Contains(label, StringComparison.Ordinal));
        return double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Types(string text) => Type().Matches(text).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^\| `(?<name>aniworld_[a-z_]+)`")]
    private static partial Regex Row();

    [GeneratedRegex(@"^# TYPE (?<name>[a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Type();
}

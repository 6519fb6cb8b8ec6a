using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AniWorld.Blazor.Tests.Telemetry;

/// <summary>The log's files: a JSON object per line, at the level that is set, and never a secret.</summary>
[Trait("Kind", "api")]
public sealed class LogFileTests
{
    /// <summary>The framework writes whole addresses at this level, which is off unless somebody looks for a fault.</summary>
    private static readonly string[] Talkative =
    [
        "--Serilog:MinimumLevel:Override:Microsoft=Verbose", "--Serilog:MinimumLevel:Override:Microsoft.AspNetCore=Verbose",
    ];

    [Fact]
    public async Task No_line_holds_a_secret_wherever_it_was_sent_and_however_much_is_logged()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, Talkative);
        await server.PutConfigAsync(new { logging = new { level = "verbose" } });
        var token = await server.LogInAsync();
        var key = (await server.PostAsync("/api/auth/api-keys", new { name = "a script", scopes = new[] { "read" } })).GetProperty("key").GetString()!;
        var ticket = (await server.PostAsync("/api/auth/ws-ticket")).GetProperty("ticket").GetString()!;
        await ConnectAsync(server, $"?ticket={ticket}");
        await ConnectAsync(server, $"?token={token}");
        await ConnectAsync(server, "", socket =>
        {
            socket.Options.AddSubProtocol("aniworld");
            socket.Options.AddSubProtocol(token);
        });
        using var client = new HttpClient { BaseAddress = server.Http.BaseAddress };
        await SendAsync(client, $"/api/calendar.ics?key={key}");
        await SendAsync(client, $"/api/anime?token={token}x");
        await SendAsync(client, "/api/anime", "X-Api-Key", key);
        await SendAsync(client, "/api/anime", "X-Api-Key", key + "0");
        await SendAsync(client, "/", "Cookie", $"aniworld_session={token}");
        await SendAsync(client, "/api/anime", "Authorization", $"Bearer {token}x");
        using (await client.PostAsync("/api/auth/login", new StringContent("""{"password": "falsche Losung"}""", new MediaTypeHeaderValue("application/json"))))
        {
        }

        await server.PutConfigAsync(new { logging = new { level = "warning" } });
        var log = await ReadAsync(server);

        Assert.Contains("Request starting", log, StringComparison.Ordinal);
        Assert.Contains("?ticket=********", log, StringComparison.Ordinal);
        Assert.All(
            [AniWorldServer.Password, "falsche Losung", token, token.Split('.')[2], key, ticket],
            secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_line_is_json_and_the_level_changes_while_it_runs()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--Serilog:MinimumLevel:Override:Quartz=Warning");
        var logger = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AniWorld.Test");
        await server.PutConfigAsync(new { logging = new { level = "warning" } });
        logger.LogDebug("Said too {When}", "early");
        await server.PutConfigAsync(new { logging = new { level = "debug" } });
        logger.LogDebug("Said {When}", "meanwhile");
        await server.PutConfigAsync(new { logging = new { level = "warning" } });
        logger.LogDebug("Said too {When}", "late");
        var log = await ReadAsync(server);

        Assert.Contains("meanwhile", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Said too", log, StringComparison.Ordinal);
        Assert.All(log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.True(JsonSerializer.Deserialize<JsonElement>(line).TryGetProperty("@t", out _)));
    }

    private static async Task SendAsync(HttpClient client, string address, string? header = null, string? value = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await client.SendAsync(request);
    }

    private static async Task ConnectAsync(AniWorldServer server, string query, Action<ClientWebSocket>? set = null)
    {
        using var socket = new ClientWebSocket();
        set?.Invoke(socket);
        await socket.ConnectAsync(
            new UriBuilder(server.Http.BaseAddress!) { Scheme = "ws", Path = "/ws/connect", Query = query }.Uri, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReadAsync(AniWorldServer server)
    {
        var text = "";
        foreach (var file in Directory.EnumerateFiles(Path.Join(server.Folder, "logs"), "aniworld-*.json"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            text += await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }

        return text;
    }
}

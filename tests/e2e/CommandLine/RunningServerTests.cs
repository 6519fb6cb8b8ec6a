using System.Net;
using System.Net.WebSockets;
using AniWorld.E2E.Processes;

namespace AniWorld.E2E.CommandLine;

/// <summary>Commands that speak to the server that runs.</summary>
public sealed class RunningServerTests
{
    private const string Series = "kurz-und-knapp";

    [Fact]
    public async Task From_search_to_download_everything_goes_through_the_running_server()
    {
        await using var server = await SampleServer.StartReadyAsync();

        var found = (await RunAsync(server, "search", "kurz", "--json")).Json[0];
        Assert.Equal((Series, false), (found.GetProperty("key").GetString(), found.GetProperty("in_library").GetBoolean()));

        var added = await RunAsync(server, "add", found.GetProperty("link").GetString()!);
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));
        Assert.Contains("3 episodes, 3 missing", added.Output);

        var queued = await RunAsync(server, "download", Series, "S01E01-E02", "--priority", "high", "--wait", "--json");
        Assert.Equal((0, ""), (queued.ExitCode, queued.Errors));
        Assert.Equal(["S1E1", "S1E2"], await server.QueuedAsync());
        Assert.Equal(3, queued.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var scan = await RunAsync(server, "scan", Series, "--json");
        Assert.Equal(("completed", 2), (scan.Json.GetProperty("state").GetString(), scan.Json.GetProperty("files").GetInt32()));

        var missing = await RunAsync(server, "list", "--missing", "--why");
        Assert.StartsWith($"{Series}\tS01E03\tAnkunft\tNot on disk", missing.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(server, "list", "--json")).Json[0].GetProperty("downloaded_count").GetInt32());
        Assert.StartsWith($"{Series}\tS01E03", (await RunAsync(server, "list", "--why")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_is_switched_and_cleared()
    {
        await using var server = await SampleServer.StartReadyAsync();
        await server.AddAsync(Series);

        Assert.False((await RunAsync(server, "queue", "stop", "--json")).Json.GetProperty("is_running").GetBoolean());
        Assert.Equal(0, (await RunAsync(server, "download", Series, "--missing")).ExitCode);
        Assert.Equal(3, (await RunAsync(server, "queue", "--json")).Json.GetProperty("pending_queue").GetArrayLength());
        var stopped = await RunAsync(server, "download", Series, "S01E01");
        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains("in the queue already", stopped.Output);
        Assert.True((await RunAsync(server, "queue", "pause", "--json")).Json.GetProperty("is_paused").GetBoolean());
        Assert.False((await RunAsync(server, "queue", "resume", "--json")).Json.GetProperty("is_paused").GetBoolean());
        Assert.True((await RunAsync(server, "queue", "start", "--json")).Json.GetProperty("is_running").GetBoolean());
        await ReadyServer.WaitAsync(
            async () => (await server.GetAsync("/api/queue/status")).GetProperty("completed_downloads").GetArrayLength() == 3, () => server.Server.Output);
        Assert.Equal(0, (await RunAsync(server, "queue", "retry", "--json")).Json.GetProperty("retried").GetInt32());
        Assert.Equal(3, (await RunAsync(server, "queue", "clear", "--json")).Json.GetProperty("removed").GetInt32());
    }

    [Fact]
    public async Task The_configuration_is_shown_changed_and_checked()
    {
        await using var server = await SampleServer.StartReadyAsync();

        Assert.Equal("03:00\n", (await RunAsync(server, "config", "get", "scheduler.schedule_time")).Output);
        var set = await RunAsync(server, "config", "set", "downloads.parallel", "5");
        Assert.Equal((0, "downloads.parallel: 3 → 5\n"), (set.ExitCode, set.Output));
        Assert.Equal(5, (await server.GetAsync("/api/config")).GetProperty("downloads").GetProperty("parallel").GetInt32());
        Assert.Equal(0, (await RunAsync(server, "config", "set", "hosters.order", """["Streamly"]""")).ExitCode);
        Assert.Equal("[\"Streamly\"]\n", (await RunAsync(server, "config", "get", "hosters.order", "--json")).Output);

        var refused = await RunAsync(server, "config", "set", "downloads.parallel", "99");
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("downloads.parallel: This must be between 1 and 20.", refused.Errors);
        Assert.Equal(3, (await RunAsync(server, "config", "get", "nothing.here")).ExitCode);
        Assert.Equal(0, (await RunAsync(server, "config", "validate")).ExitCode);

        using var wrong = CommandProcess.Start(server.Server.Folder, ["config", "validate", "-"], """{"downloads": {"parallel": 0}}""");
        Assert.Equal(1, (await wrong.EndAsync()).ExitCode);
        Assert.NotEqual("", (await RunAsync(server, "config", "backup", "--list")).Output);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var server = await SampleServer.StartReadyAsync();

        foreach (var arguments in new[] { "scan nobody", "scan nobody --offline", "download nobody S01E01", "download nobody --missing", "search qqqqqqq", "config restore nothing" })
        {
            Assert.Equal((arguments, 3), (arguments, (await RunAsync(server, arguments.Split(' '))).ExitCode));
        }
    }

    [Fact]
    public async Task An_offline_scan_sees_what_changed_on_disk_while_the_server_runs()
    {
        await using var server = await SampleServer.StartReadyAsync();
        var folder = (await server.AddAsync(Series)).GetProperty("folder").GetString()!;
        var season = Directory.CreateDirectory(Path.Join(server.Server.Library, folder, "Season 01")).FullName;
        await File.WriteAllTextAsync(Path.Join(season, "Kurz - S01E02.mkv"), "not really a video");
        var asked = server.Site.Requests.All.Count;

        var scan = await RunAsync(server, "scan", "--offline");

        Assert.Equal((0, "Scanned 1 series: 1 files, 2 episodes missing.\n"), (scan.ExitCode, scan.Output));
        Assert.Equal(asked, server.Site.Requests.All.Count);
    }

    [Fact]
    public async Task The_token_is_the_owners_and_ends_with_the_server()
    {
        await using var server = await ServerProcess.StartAsync();
        var token = Path.Join(server.Data, "keys", "cli.token");
        // It says that it listens a moment before it leaves the token.
        await ReadyServer.WaitAsync(() => Task.FromResult(File.Exists(token)), () => server.Output);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(token));
        }

        var secret = await File.ReadAllTextAsync(token);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, secret[..^1] + "x"));
        Assert.DoesNotContain(secret, server.Output);
        Assert.All(Directory.EnumerateFiles(Path.Join(server.Folder, "logs")), log => Assert.DoesNotContain(secret, ReadShared(log)));

        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, secret));
        Assert.Equal(0, (await CommandProcess.RunAsync(server.Folder, "list")).ExitCode);

        await server.TerminateAsync();
        Assert.False(File.Exists(token));
    }

    [Fact]
    public async Task A_new_password_from_the_shell_ends_sessions_and_their_sockets_at_once()
    {
        await using var server = await SampleServer.StartReadyAsync();
        using var socket = new ClientWebSocket();
        var ticket = (await server.PostAsync("/api/auth/ws-ticket")).GetProperty("ticket").GetString();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/ws/connect", Query = $"ticket={ticket}" }.Uri, CancellationToken.None);

        using var command = CommandProcess.Start(server.Server.Folder, ["password"], "Ein ganz neues Kennwort\n");
        var outcome = await command.EndAsync();

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Equal(4401, await CloseCodeAsync(socket));
        using var refused = await server.Server.Http.GetAsync("/api/anime");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        server.Server.Http.DefaultRequestHeaders.Authorization = null;
        await server.PostAsync("/api/auth/login", new { password = "Ein ganz neues Kennwort" });
    }

    [Theory]
    [InlineData("short\n")]
    [InlineData("password1\n")]
    [InlineData("")]
    public async Task A_password_that_is_none_changes_nothing(string input)
    {
        await using var server = await SampleServer.StartReadyAsync();

        using var command = CommandProcess.Start(server.Server.Folder, ["password"], input);
        var outcome = await command.EndAsync();

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.NotEqual("", outcome.Errors);
        await server.LogInAsync();
    }

    private static Task<CommandOutcome> RunAsync(SampleServer server, params string[] arguments) =>
        CommandProcess.RunAsync(server.Server.Folder, arguments);

    private static async Task<HttpStatusCode> AskAsync(ServerProcess server, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/config");
        request.Headers.Add("X-Api-Key", secret);
        using var answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static async Task<int> CloseCodeAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var buffer = new byte[64 << 10];
        while (socket.CloseStatus is null)
        {
            await socket.ReceiveAsync(buffer, patience.Token);
        }

        return (int)socket.CloseStatus;
    }
}

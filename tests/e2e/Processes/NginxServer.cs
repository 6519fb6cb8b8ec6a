using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AniWorld.E2E.Processes;

/// <summary>Debian's nginx before two nodes, with <c>deploy/nginx.cluster.conf</c> as it is but for the addresses.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    public const string NotInstalled = "nginx is not installed; test.sh does that, or apt install nginx-light.";

    private const string Program = "/usr/sbin/nginx";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-nginx-").FullName;
    private readonly Process _process;

    private NginxServer(Uri first, Uri second)
    {
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var configuration = Path.Join(_folder, "nginx.conf");
        File.WriteAllText(configuration, File.ReadAllText(Path.Join(Repository.Root, "deploy", "nginx.cluster.conf"))
            .Replace("server web-1:8000", $"server {first.Authority}", StringComparison.Ordinal)
            .Replace("server web-2:8000", $"server {second.Authority}", StringComparison.Ordinal)
            .Replace("listen 80;", $"listen {Address.Authority};", StringComparison.Ordinal)
            .Replace("http {", $"http {{ {string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(use => $"{use}_temp_path {_folder}/{use};"))}", StringComparison.Ordinal));
        var who = Environment.IsPrivilegedProcess ? "user root; " : "";
        _process = Process.Start(Program, ["-p", _folder, "-e", $"{_folder}/error.log", "-c", configuration, "-g", $"{who}daemon off; pid {_folder}/nginx.pid;"]);
    }

    /// <summary>Whether there is one to start.</summary>
    public static bool IsInstalled => File.Exists(Program);

    public Uri Address { get; }

    /// <param name="first">What <c>web-1</c> stands for, and <paramref name="second"/> <c>web-2</c>.</param>
    public static async Task<NginxServer> StartAsync(Uri first, Uri second)
    {
        var server = new NginxServer(first, second);
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await server.ListensAsync())
        {
            Assert.False(server._process.HasExited, server.Errors());
            await pause.WaitForNextTickAsync(patience.Token);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Errors() => File.Exists(Path.Join(_folder, "error.log")) ? File.ReadAllText(Path.Join(_folder, "error.log")) : "nginx said nothing.";
}

using System.Diagnostics;

namespace AniWorld.Tests;

/// <summary>A Redis of the tests' own, from Debian's packages: on a loopback port that is free, with nothing on disk, and gone at the end.</summary>
internal sealed class RedisServer : IDisposable
{
    public const string NotInstalled = "Redis is not installed; test.sh does that, or apt install redis-server.";

    private const string Program = "/usr/bin/redis-server";
    private const string Ready = "Ready to accept connections";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly int _port;
    private Process? _server;
    private bool _isDisposed;

    private RedisServer()
    {
        _folder = Directory.CreateTempSubdirectory("aniworld-redis-").FullName;
        _port = LoopbackPort.Free();
        _server = Start();
        // Also when the run is ended from outside.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>Whether there is one to start.</summary>
    public static bool IsInstalled => File.Exists(Program);

    public string ConnectionString => $"127.0.0.1:{_port}";

    public static RedisServer Launch() => new();

    /// <summary>Ends it at once, with all that it held; nothing answers until <see cref="Restart"/>.</summary>
    public void Kill()
    {
        if (_server is { } server)
        {
            server.Kill();
            server.WaitForExit(Patience);
            server.Dispose();
            _server = null;
        }
    }

    /// <summary>An empty one in its place.</summary>
    public void Restart() => _server = Start();

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            Kill();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(
            Program, ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder, "--daemonize", "no"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        return ReadyProcess.Start(start, Ready);
    }
}

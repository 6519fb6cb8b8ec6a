using System.Diagnostics;
using Npgsql;

namespace AniWorld.Tests;

/// <summary>
/// A PostgreSQL of the tests' own, from Debian's packages: made in a temporary folder, on a loopback port that is free, run by a user without
/// rights, and gone with its folder at the end.
/// </summary>
internal sealed class PostgreSqlServer : IDisposable
{
    public const string NotInstalled = "PostgreSQL is not installed; test.sh does that, or apt install postgresql.";

    private const string Owner = "aniworld";
    private const string Ready = "database system is ready to accept connections";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly int _port;
    private readonly bool _isDurable;
    private Process? _server;
    private bool _isDisposed;

    private PostgreSqlServer(bool isDurable)
    {
        _isDurable = isDurable;
        _folder = Directory.CreateTempSubdirectory("aniworld-postgresql-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "nobody:nogroup", _folder);
        }

        // Not the order of bytes, so that it shows where the program counts on that.
        Run("initdb", "-D", Data, "-U", Owner, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US", "--locale=C");
        _port = LoopbackPort.Free();
        _server = Start();
        // Also when the run is ended from outside.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>Whether there is one to start.</summary>
    public static bool IsInstalled => Programs is not null;

    private static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        : null;

    private string Data => Path.Combine(_folder, "data");

    /// <param name="isDurable">Whether it writes as one must whose power may be cut; that is slower.</param>
    public static PostgreSqlServer Launch(bool isDurable = false) => new(isDurable);

    /// <summary>One of the programs that come with it, such as <c>pg_dump</c>.</summary>
    public static string PathOf(string program) => Path.Combine(Programs ?? throw new InvalidOperationException(NotInstalled), program);

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={Owner};Include Error Detail=true;Timeout=60;Command Timeout=60";

    /// <summary>Makes a database, empty or as a copy of another one that nobody uses.</summary>
    /// <returns>How to reach it.</returns>
    public string CreateDatabase(string name, string? template = null)
    {
        Execute($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {template}")}");
        return ConnectionString(name);
    }

    public void DropDatabase(string name) => Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>Ends it as a power cut does, and nothing answers until <see cref="Restart"/>.</summary>
    public void Kill() => Stop("QUIT");

    public void Restart() => _server = Start();

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            Stop("INT");
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static ProcessStartInfo AsNobody(string program, params string[] arguments)
    {
        var path = program is "chown" ? program : PathOf(program);
        return Environment.IsPrivilegedProcess && program is not "chown"
            ? new ProcessStartInfo("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", path, .. arguments]) { WorkingDirectory = "/" }
            : new ProcessStartInfo(path, arguments) { WorkingDirectory = "/" };
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = AsNobody(program, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {errors}{output.Result}");
        }
    }

    private Process Start()
    {
        string[] writes = _isDurable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
        var start = AsNobody(
            "postgres", ["-D", Data, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", .. writes]);
        return ReadyProcess.Start(start, Ready);
    }

    private void Stop(string signal)
    {
        if (_server is not { } server)
        {
            return;
        }

        if (!server.HasExited)
        {
            using var kill = Process.Start("kill", [$"-{signal}", $"{server.Id}"]);
            kill.WaitForExit();
            if (!server.WaitForExit(Patience))
            {
                server.Kill();
            }
        }

        server.Dispose();
        _server = null;
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}

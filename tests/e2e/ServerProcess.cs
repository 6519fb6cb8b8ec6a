using System.Diagnostics;
using System.Text;

namespace AniWorld.E2E;

/// <summary>How a <see cref="ServerProcess"/> is started.</summary>
internal sealed record ServerStart
{
    /// <summary>Holds <c>data</c>, <c>logs</c> and <c>library</c>; <see langword="null"/>: a temporary one, removed at the end.</summary>
    public string? Folder { get; init; }

    /// <summary>Further arguments, such as <c>--downloads.parallel 1</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables on top of this process's own; <see langword="null"/> removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Runs it as <c>nobody</c>, whom permissions bind; only root can ask for this.</summary>
    public bool Unprivileged { get; init; }

    /// <summary>How long it may take to listen.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);
}

/// <summary>The executable as a user starts it: a process of its own that can be killed, ended and started again on the same port and folder.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const int Terminate = 15;

    private readonly ServerStart _start;
    private readonly StringBuilder _output = new();
    private readonly Lock _outputLock = new();
    private HttpClient? _http;

    private ServerProcess(ServerStart start)
    {
        _start = start;
        Folder = start.Folder ?? Directory.CreateTempSubdirectory("aniworld-e2e-").FullName;
        if (start.Unprivileged && start.Folder is null && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        }
    }

    /// <summary>Where it listens; the same after <see cref="StartAgainAsync"/>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string Folder { get; }

    public string Data => Path.Join(Folder, "data");

    public string Library => Path.Join(Folder, "library");

    /// <summary>The one started last.</summary>
    public Process Process { get; private set; } = null!;

    /// <summary>Asks this server; without cookies, so that tests set the token themselves.</summary>
    public HttpClient Http => _http ??= new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };

    /// <summary>Everything it wrote on both streams, over all its starts.</summary>
    public string Output
    {
        get
        {
            lock (_outputLock)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it on a free port and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened; the message has what it wrote.</exception>
    public static async Task<ServerProcess> StartAsync(ServerStart? start = null)
    {
        var server = new ServerProcess(start ?? new ServerStart());
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end, for starts that must fail.</summary>
    /// <returns>Exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(ServerStart start)
    {
        await using var server = new ServerProcess(start);
        server.Launch(new TaskCompletionSource<Uri>());
        await server.Process.WaitForExitAsync().WaitAsync(start.Patience);
        return (server.Process.ExitCode, server.Output);
    }

    /// <summary>Starts it once more, after it ended, on the same port and folder.</summary>
    public async Task StartAgainAsync()
    {
        var listens = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        Launch(listens);
        var ended = Process.WaitForExitAsync();
        if (await Task.WhenAny(listens.Task, ended).WaitAsync(_start.Patience) == ended)
        {
            throw new InvalidOperationException($"The server ended with {Process.ExitCode} before it listened:\n{Output}");
        }

        Address = await listens.Task;
    }

    /// <summary>Ends it at once, as a crash or a power cut would (SIGKILL), and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as a service manager does (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still ran after <paramref name="patience"/>, by default 30 s.</exception>
    public async Task<int> TerminateAsync(TimeSpan? patience = null)
    {
        Assert.Equal(0, SystemCalls.Kill(Process.Id, Terminate));
        await Process.WaitForExitAsync().WaitAsync(patience ?? TimeSpan.FromMinutes(1));
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (Process is not null)
        {
            if (!Process.HasExited)
            {
                await KillAsync();
            }

            Process.Dispose();
        }

        if (_start.Folder is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Launch(TaskCompletionSource<Uri> listens)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        string[] unprivileged = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"];
        string[] line =
        [
            .. _start.Unprivileged ? unprivileged : [],
            "dotnet", Executable,
            "--data", Data, "--logs", Path.Join(Folder, "logs"), "--urls", Address.GetLeftPart(UriPartial.Authority), .. _start.Arguments,
        ];
        start.FileName = line[0];
        foreach (var argument in line[1..])
        {
            start.ArgumentList.Add(argument);
        }

        // What the developer set for a server of his own is not for this one.
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsForServer))
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in _start.Environment)
        {
            start.Environment[name] = value;
        }

        Process?.Dispose();
        Process = new Process { StartInfo = start };
        Process.OutputDataReceived += (_, line) => Read(line.Data, listens);
        Process.ErrorDataReceived += (_, line) => Read(line.Data, listens);
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    private void Read(string? line, TaskCompletionSource<Uri> listens)
    {
        if (line is null)
        {
            return;
        }

        lock (_outputLock)
        {
            _output.AppendLine(line);
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var place)
        {
            listens.TrySetResult(new Uri(line[(place + Listening.Length)..].Trim().Trim('"')));
        }
    }

    internal static bool IsForServer(string variable) =>
        variable.StartsWith("ANIWORLD_", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);

    internal static string Executable { get; } = Path.Join(Repository.Root, "AniWorld.Blazor", "bin", "Release", "net10.0", "aniworld.dll");
}

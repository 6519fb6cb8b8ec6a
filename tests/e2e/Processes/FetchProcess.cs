using System.Diagnostics;

namespace AniWorld.E2E.Processes;

/// <summary><c>aniworld fetch</c> as a user runs it.</summary>
internal sealed class FetchProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private FetchProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts <c>aniworld</c> with these arguments.</summary>
    public static FetchProcess Start(params string[] arguments)
    {
        // What a script started in the background ignores Ctrl+C, and so would its children.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", ServerProcess.Executable, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(ServerProcess.IsForServer).ToList())
        {
            start.Environment.Remove(name);
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<FetchOutcome> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.EndAsync();
    }

    public async Task<FetchOutcome> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new(_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Lets it run for a while, then ends it as a power cut would (SIGKILL).</summary>
    /// <returns>False when it had ended by itself.</returns>
    public async Task<bool> KillAfterAsync(TimeSpan moment)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(moment);
            return false;
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            return _process.ExitCode != 0;
        }
    }

    public void Signal(int signal) => Assert.Equal(0, SystemCalls.Kill(_process.Id, signal));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

internal sealed record FetchOutcome(int ExitCode, string Output, string Errors);

using System.Diagnostics;
using System.Text.Json;

namespace AniWorld.E2E.Processes;

/// <summary>A command of <c>aniworld</c> as a user runs it, in a folder with <c>data</c>, <c>logs</c> and <c>library</c>.</summary>
internal sealed class CommandProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private CommandProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its output as it comes.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <param name="input">What it reads from its standard input, which is no terminal.</param>
    public static CommandProcess Start(string folder, string[] arguments, string input = "")
    {
        // What a script started in the background ignores Ctrl+C, and so would its children.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", ServerProcess.Executable, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(ServerProcess.IsForServer).ToList())
        {
            start.Environment.Remove(name);
        }

        // Sentences in the language that the tests are written for.
        start.Environment["LC_ALL"] = "C.UTF-8";
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return new(process);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<CommandOutcome> RunAsync(string folder, params string[] arguments)
    {
        using var command = Start(folder, arguments);
        return await command.EndAsync();
    }

    public async Task<CommandOutcome> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new(_process.ExitCode, output, await _errors);
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

internal sealed record CommandOutcome(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);
}

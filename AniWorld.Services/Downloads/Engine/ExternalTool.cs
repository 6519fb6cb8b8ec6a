using System.ComponentModel;
using System.Diagnostics;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Runs <c>ffmpeg</c>, <c>ffprobe</c> or <c>yt-dlp</c>: an argument list, never a shell; bounded in time and output.</summary>
internal static class ExternalTool
{
    private const int MostOutput = 1 << 20;

    /// <summary>How a run ended.</summary>
    /// <param name="Errors">What it said on the error stream.</param>
    public sealed record Result(int ExitCode, string Output, string Errors)
    {
        /// <summary>Of what it said on the error stream; empty when nothing.</summary>
        public string LastLine =>
            Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
    }

    /// <param name="mostOutput">Characters of its output that are kept, the last ones.</param>
    /// <param name="environment">Variables that are other than ours.</param>
    /// <param name="feed">Writes what the tool reads; ends when its token does, as when the tool has.</param>
    /// <exception cref="FaultException"><c>tool_missing</c>: it cannot be started; <c>tool_failed</c>: it does not end.</exception>
    public static async Task<Result> RunAsync(
        string tool,
        IEnumerable<string> arguments,
        TimeSpan limit,
        CancellationToken cancellationToken,
        Func<Stream, CancellationToken, Task>? feed = null,
        int mostOutput = MostOutput,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(tool, arguments, environment);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new CancellationTokenSource();
        patience.CancelAfter(limit);
        var feeding = FeedAsync(process.StandardInput, feed, ended.Token);
        try
        {
            var output = ReadAsync(process.StandardOutput, mostOutput, patience.Token);
            var errors = ReadAsync(process.StandardError, MostOutput, patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new FaultException(FaultCode.ToolFailed, new Sentence("fault_tool_slow", Path.GetFileName(tool), limit.TotalMinutes));
        }
        finally
        {
            await ended.CancelAsync();
            await feeding;
        }
    }

    private static Process Start(string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(tool, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            process.StartInfo.Environment[name] = value;
        }

        try
        {
            process.Start();
            return process;
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            throw new FaultException(FaultCode.ToolMissing, new Sentence("fault_tool_missing", tool), e);
        }
    }

    private static async Task FeedAsync(StreamWriter input, Func<Stream, CancellationToken, Task>? feed, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = input.BaseStream;
            if (feed is not null)
            {
                await feed(stream, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The tool ended before it had read all; its exit code says why.
        }
    }

    /// <summary>Keeps the last of what is said, reads all of it so that the tool never waits.</summary>
    private static async Task<string> ReadAsync(StreamReader reader, int most, CancellationToken cancellationToken)
    {
        var kept = new System.Text.StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            kept.Append(buffer, 0, count);
            if (kept.Length > most)
            {
                kept.Remove(0, kept.Length - (most / 2));
            }
        }

        return kept.ToString();
    }
}

using System.Diagnostics;

namespace AniWorld.Tests;

internal static class ReadyProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Starts a server and waits until it has written a line that holds <paramref name="ready"/>.</summary>
    /// <exception cref="InvalidOperationException">It did not come to that; the message has what it wrote.</exception>
    public static Process Start(ProcessStartInfo start, string ready)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var server = Process.Start(start)!;
        using var isReady = new ManualResetEventSlim();
        var said = new List<string?>();
        server.OutputDataReceived += (_, line) => Note(line.Data);
        server.ErrorDataReceived += (_, line) => Note(line.Data);
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        if (!isReady.Wait(Patience) || server.HasExited)
        {
            throw new InvalidOperationException($"{start.FileName} did not start: {string.Join('\n', said)}");
        }

        return server;

        void Note(string? line)
        {
            lock (said)
            {
                said.Add(line);
            }

            if (line is null || line.Contains(ready, StringComparison.Ordinal))
            {
                isReady.Set();
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace AniWorld.SampleSite.Demo;

/// <summary>The demo on the command line, until Ctrl+C.</summary>
internal static class DemoRun
{
    /// <param name="args"><c>--server PATH [-- arguments of AniWorld]</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var serverPath = args.SkipWhile(a => a != "--server").Skip(1).FirstOrDefault();
        if (serverPath is null || !File.Exists(serverPath))
        {
            await Console.Error.WriteLineAsync("demo --server PATH: name AniWorld's aniworld.dll, as ./run.sh demo does.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });

        try
        {
            return await RunAsync(serverPath, [.. args.SkipWhile(a => a != "--").Skip(1)], stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (DemoException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(string serverPath, string[] passedOn, CancellationToken cancellationToken)
    {
        Console.WriteLine("Starting AniWorld and fetching the first episodes …");
        await using var demo = await RunningDemo.StartAsync(serverPath, passedOn, cancellationToken);
        Console.WriteLine($"Address: {demo.Address}");
        Console.WriteLine($"Password: {demo.Password}");
        Console.WriteLine("Press Ctrl+C to end; everything that the demo made is then removed.");
        return await demo.WaitAsync(cancellationToken);
    }
}

/// <summary>The demo cannot go on, and its message says why.</summary>
internal sealed class DemoException(string message) : Exception(message);

using System.Security.Cryptography;

namespace AniWorld.SampleSite.Demo;

/// <summary>AniWorld with a throw-away data folder, this sample catalogue and a small library that has gaps.</summary>
internal static class DemoRun
{
    private const string DefaultAddress = "http://127.0.0.1:8000";

    /// <param name="args"><c>--server PATH [-- arguments of AniWorld]</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var serverPath = args.SkipWhile(a => a != "--server").Skip(1).FirstOrDefault();
        if (serverPath is null || !File.Exists(serverPath))
        {
            await Console.Error.WriteLineAsync("demo --server PATH: name AniWorld's aniworld.dll, as ./run.sh demo does.");
            return 2;
        }

        var passedOn = args.SkipWhile(a => a != "--").Skip(1).ToArray();
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = true;
                stop.Cancel();
            });

        var folder = Directory.CreateTempSubdirectory("aniworld-demo-");
        try
        {
            return await RunAsync(folder.FullName, serverPath, passedOn, stop.Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string folder, string serverPath, string[] passedOn, CancellationToken cancellationToken)
    {
        // Padded and throttled, so that there is something to watch.
        await using var site = await RunningSampleSite.StartAsync(
            new SampleSiteOptions { PadTo = 12 << 20, Throttle = 768 << 10 }, cancellationToken);
        await DemoFiles.WriteConfigurationAsync(folder, site.BaseAddress);
        string[] address = passedOn.Contains("--urls") ? [] : ["--urls", DefaultAddress];
        await using var server = DemoServer.Start(
            serverPath, ["--data", Path.Join(folder, "data"), "--logs", Path.Join(folder, "logs"), .. address, .. passedOn]);
        try
        {
            var password = RandomNumberGenerator.GetHexString(10, lowercase: true);
            using var api = await server.ConnectAsync(cancellationToken);
            await api.SetUpAsync(password, cancellationToken);
            await DemoFiles.FillAsync(api, site, Path.Join(folder, "library"), cancellationToken);
            Console.WriteLine($"Address: {api.Address}");
            Console.WriteLine($"Password: {password}");
            Console.WriteLine("Press Ctrl+C to end; everything that the demo made is then removed.");
            return await server.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (DemoException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}

/// <summary>The demo cannot go on, and its message says why.</summary>
internal sealed class DemoException(string message) : Exception(message);

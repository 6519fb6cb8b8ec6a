using System.Security.Cryptography;

namespace AniWorld.SampleSite.Demo;

/// <summary>AniWorld with a throw-away data folder, this sample catalogue and a small library that has gaps.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    private const string DefaultAddress = "http://127.0.0.1:8000";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aniworld-demo-");
    private RunningSampleSite? _site;
    private DemoServer? _server;

    private RunningDemo()
    {
    }

    public Uri Address { get; private set; } = null!;

    public string Password { get; } = RandomNumberGenerator.GetHexString(10, lowercase: true);

    /// <summary>Of a session.</summary>
    public string Token { get; private set; } = "";

    /// <param name="serverPath">AniWorld's <c>aniworld.dll</c>.</param>
    /// <param name="arguments">For AniWorld.</param>
    /// <exception cref="DemoException">AniWorld does not start, or not as a demo needs it.</exception>
    public static async Task<RunningDemo> StartAsync(string serverPath, IReadOnlyCollection<string> arguments, CancellationToken cancellationToken)
    {
        var demo = new RunningDemo();
        try
        {
            await demo.BeginAsync(serverPath, arguments, cancellationToken);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    /// <returns>AniWorld's exit code, once it has ended.</returns>
    public Task<int> WaitAsync(CancellationToken cancellationToken) => _server!.WaitAsync(cancellationToken);

    /// <summary>Ends it and removes all that it made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_site is not null)
        {
            await _site.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task BeginAsync(string serverPath, IReadOnlyCollection<string> arguments, CancellationToken cancellationToken)
    {
        // Padded, so that an episode is more than a moment's work.
        _site = await RunningSampleSite.StartAsync(new SampleSiteOptions { PadTo = 12 << 20 }, cancellationToken);
        await DemoFiles.WriteConfigurationAsync(_folder.FullName, _site.BaseAddress);
        string[] address = arguments.Contains("--urls") ? [] : ["--urls", DefaultAddress];
        _server = DemoServer.Start(
            serverPath, ["--data", Path.Join(_folder.FullName, "data"), "--logs", Path.Join(_folder.FullName, "logs"), .. address, .. arguments]);
        using var api = await _server.ConnectAsync(cancellationToken);
        (Address, Token) = (api.Address, await api.SetUpAsync(Password, cancellationToken));
        await new DemoPast(api, _site, DemoFiles.LibraryIn(_folder.FullName)).MakeAsync(cancellationToken);
    }
}

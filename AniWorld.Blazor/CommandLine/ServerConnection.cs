using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.CommandLine;

/// <summary>The way to the server of a data folder: the one that runs, else one of this process's own, which ends with the command.</summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly WebApplication? _own;
    private readonly DataFolderLock? _taken;

    private ServerConnection(ApiClient api, WebApplication? own = null, DataFolderLock? taken = null) =>
        (Api, _own, _taken) = (api, own, taken);

    public ApiClient Api { get; }

    /// <summary>Nobody goes on with the work when the command ends.</summary>
    public bool IsOwn => _own is not null;

    /// <param name="use">What an own server is for.</param>
    /// <exception cref="StartException">There is neither a server to talk to, nor can one be started.</exception>
    public static async Task<ServerConnection> OpenAsync(
        DataFolder data, SettingArguments settings, HostUse use, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            if (TryTake(data) is { } taken)
            {
                return await StartAsync(data, settings, use, taken, cancellationToken);
            }

            if (await FindAsync(data, patience.Token) is { } running)
            {
                await WarnAsync(settings);
                return running;
            }

            await Task.Delay(Pause, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (patience.IsCancellationRequested)
            {
                throw new StartException($"A server uses the data folder {data.Root}, but it does not answer; its log says more.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_own is not null)
        {
            await _own.StopAsync();
            await _own.DisposeAsync();
        }

        _taken?.Dispose();
    }

    private static DataFolderLock? TryTake(DataFolder data)
    {
        try
        {
            return DataFolderLock.TryTake(data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {data.Root} cannot be used: {e.Message} Run this as the user whose folder it is.", e);
        }
    }

    private static async Task<ServerConnection> StartAsync(
        DataFolder data, SettingArguments settings, HostUse use, DataFolderLock taken, CancellationToken cancellationToken)
    {
        WebApplication? own = null;
        try
        {
            own = Program.Build([.. HostArguments.Of(data, settings), "--urls", "http://127.0.0.1:0"], use, taken);
            await own.StartAsync(cancellationToken);
            var secret = own.Services.GetRequiredService<CommandLineAccess>().Secret;
            return new(new ApiClient(new Uri(own.Urls.First()), secret), own, taken);
        }
        catch
        {
            if (own is not null)
            {
                await own.DisposeAsync();
            }

            taken.Dispose();
            throw;
        }
    }

    /// <returns><see langword="null"/> when it does not answer, or not to what it wrote: it may be about to start or to end.</returns>
    private static async Task<ServerConnection?> FindAsync(DataFolder data, CancellationToken cancellationToken)
    {
        if (Find(data) is not { } found || AddressOf(found.Addresses) is not { } address)
        {
            return null;
        }

        var api = new ApiClient(address, found.Secret);
        try
        {
            await api.GetAsync<object>("/api/auth/api-keys", cancellationToken);
            return new(api);
        }
        catch (Exception e) when (e is HttpRequestException or ApiRefusal or OperationCanceledException)
        {
            api.Dispose();
            return null;
        }
    }

    private static OpenServer? Find(DataFolder data)
    {
        try
        {
            return CommandLineAccess.Find(data);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartException($"The server's token in {data.Keys} is another user's. Run this as the user that the server runs as.", e);
        }
    }

    /// <summary>From what the server listens on to what can be asked: every address of the machine includes the loopback one.</summary>
    internal static Uri? AddressOf(IEnumerable<string> listening) => listening
        .Select(address => address.Replace("//+", "//*", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal))
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null)
        .OfType<Uri>()
        .Where(address => address.Scheme is "http" or "https" && address.Host.Length > 0 && address.Host != "unix")
        .OrderBy(address => address.Scheme)
        .Select(address => address.Host switch
        {
            "0.0.0.0" => new UriBuilder(address) { Host = "127.0.0.1" }.Uri,
            "[::]" => new UriBuilder(address) { Host = "localhost" }.Uri,
            _ => address,
        })
        .FirstOrDefault();

    private static async Task WarnAsync(SettingArguments settings)
    {
        if (settings.Settings.Length > 0)
        {
            await Console.Error.WriteLineAsync(
                $"The server runs already, so that {string.Join(' ', settings.Settings)} has no effect; change it with 'aniworld config set'.");
        }
    }
}

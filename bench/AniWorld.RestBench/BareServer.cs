namespace AniWorld.RestBench;

/// <summary>The least that ASP.NET needs to send given bytes, in the same process and run.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private byte[] _body = [];

    private BareServer(WebApplication app) => _app = app;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<BareServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new BareServer(app);
        app.MapGet("/bytes", () => Results.Bytes(server._body, "application/json"));
        app.MapGet("/not-modified", () => Results.StatusCode(StatusCodes.Status304NotModified));
        await app.StartAsync();
        server.Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        return server;
    }

    public void Send(byte[] body) => _body = body;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

using System.Security.Claims;
using System.Text.Encodings.Web;
using AniWorld.Blazor.Progress;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Tests.Progress;

/// <summary>The endpoint alone on a free port of loopback. <c>?session=</c> logs in, <c>exp=</c> until then.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SocketServer(WebApplication app) => _app = app;

    public ProgressService Hub => _app.Services.GetRequiredService<ProgressService>();

    public WebSocketService Sockets => _app.Services.GetRequiredService<WebSocketService>();

    public Uri Address => new(_app.Urls.Single());

    public static async Task<SocketServer> StartAsync(WebSocketLimits? limits = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(limits ?? new WebSocketLimits());
        builder.Services.AddProgress();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, QueryAuthentication>("test", null);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapProgressSocket();
        await app.StartAsync();
        return new SocketServer(app);
    }

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class QueryAuthentication(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Query["session"] is not [{ } session])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var claims = new List<Claim> { new("jti", session) };
            if (Request.Query["exp"] is [{ } expiry])
            {
                claims.Add(new Claim("exp", expiry));
            }

            var user = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name)));
        }
    }
}

using System.Globalization;
using System.Security.Claims;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AniWorld.Blazor.Progress;

/// <summary>The live events over a WebSocket, at <c>/ws/connect</c>.</summary>
/// <remarks>
/// Who gets here is logged in, and came from an own page if by cookie: the middleware before it has seen to both. Claim <c>jti</c> names
/// the session whose end closes the socket, <c>exp</c> its last moment.
/// </remarks>
internal static class ProgressSocket
{
    private const string Protocol = "aniworld";

    public static IEndpointConventionBuilder MapProgressSocket(this IEndpointRouteBuilder routes)
    {
        // The endpoint brings its own middleware, so that nothing else of the program takes upgrades.
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(ConnectAsync);

        // CONNECT is how HTTP/2 opens a WebSocket.
        return routes.MapMethods("/ws/connect", [HttpMethods.Get, HttpMethods.Connect], pipeline.Build())
            .RequireAuthorization()
            .WithDisplayName("Live events (WebSocket)")
            .ExcludeFromDescription();
    }

    private static async Task ConnectAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problems.BadRequest("This address speaks WebSocket only; open it with a WebSocket client.").ExecuteAsync(context);
            return;
        }

        // The web server would cut off a slow reader after some seconds; how slow one may be is for the sockets to say.
        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
        var sockets = context.RequestServices.GetRequiredService<WebSocketService>();
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol) ? Protocol : null,
            KeepAliveInterval = sockets.Limits.KeepAliveInterval,
            KeepAliveTimeout = sockets.Limits.KeepAliveTimeout,
        });
        await sockets.ServeAsync(socket, context.User.FindFirstValue("jti"), ExpiresAt(context.User));
    }

    /// <summary>The token's <c>exp</c>, in seconds since 1970; <see langword="null"/> when it names none.</summary>
    private static DateTimeOffset? ExpiresAt(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace AniWorld.Blazor.Auth;

/// <summary>
/// Where a token may stand: the bearer header, the pages' cookie, and for <c>/ws/connect</c> alone the address or the sub-protocols.
/// The first one found counts; a bad one is not made good by another.
/// </summary>
internal static class TokenPlaces
{
    private const string Bearer = "Bearer ";
    private const string WebSocketProtocol = "aniworld";

    public static bool HasBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    public static async Task ReadAsync(MessageReceivedContext context)
    {
        var request = context.Request;
        if (HasBearer(request))
        {
            return;
        }

        if (request.Path.Equals("/ws/connect", StringComparison.OrdinalIgnoreCase) && await TakeSocketTokenAsync(context))
        {
            return;
        }

        if (SessionCookie.Read(request) is { Length: > 0 } cookie)
        {
            context.Token = cookie;
            Note(context.HttpContext, Channel.Cookie);
        }
    }

    /// <summary>The <see cref="Channel"/> that the request's token came by.</summary>
    public static string ChannelOf(HttpContext context) => context.Items[typeof(TokenPlaces)] as string ?? Channel.Token;

    private static async Task<bool> TakeSocketTokenAsync(MessageReceivedContext context)
    {
        if (context.Request.Query["ticket"].ToString() is { Length: > 0 } ticket)
        {
            await RedeemAsync(context, ticket);
            return true;
        }

        context.Token = context.Request.Query["token"].ToString() is { Length: > 0 } token ? token : OfProtocols(context.Request);
        return context.Token is not null;
    }

    private static async Task RedeemAsync(MessageReceivedContext context, string ticket)
    {
        var tickets = context.HttpContext.RequestServices.GetRequiredService<WsTicketService>();
        if (await tickets.RedeemAsync(ticket) is { } credentials)
        {
            context.Principal = credentials.ToPrincipal(Channel.Ticket);
            context.Success();
        }
        else
        {
            context.Fail("The ticket is unknown, used or expired.");
        }
    }

    // Browsers cannot set headers on a WebSocket, but they can offer sub-protocols: "aniworld, <token>".
    private static string? OfProtocols(HttpRequest request) =>
        request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries) is [WebSocketProtocol, { Length: > 0 } token]
            ? token
            : null;

    private static void Note(HttpContext context, string channel) => context.Items[typeof(TokenPlaces)] = channel;
}

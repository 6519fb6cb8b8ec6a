namespace AniWorld.Blazor.Auth;

/// <summary>
/// Keeps other sites' pages from acting with the cookie that the browser adds by itself. Comes after the authentication; a token or
/// key in a header was put there on purpose and needs no such check.
/// </summary>
internal static class OriginCheck
{
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app) => app.Use((context, next) =>
        IsAllowed(context)
            ? next(context)
            : Problems.Forbidden("This came from another site's page. Open AniWorld itself, or send a token.").ExecuteAsync(context));

    private static bool IsAllowed(HttpContext context)
    {
        if (!Acts(context.Request))
        {
            return true;
        }

        var origin = context.Request.Origin();
        return context.User.Identity switch
        {
            { IsAuthenticated: true, AuthenticationType: Channel.Cookie } => origin is RequestOrigin.Own,
            { IsAuthenticated: true } => true,
            // The log-in and set-up forms: a program may send them, another site may not.
            _ => origin is not RequestOrigin.Foreign,
        };
    }

    private static bool Acts(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);
}

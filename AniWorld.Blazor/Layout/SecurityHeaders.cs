namespace AniWorld.Blazor.Layout;

/// <summary>Headers on every answer: only what this server sends may run, and no other site may frame it.</summary>
internal static class SecurityHeaders
{
    // Styles may be inline because MudBlazor writes its theme and sizes that way; scripts never are.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Set when the answer starts, so that the error handler's clearing of headers does not lose them.
        context.Response.OnStarting(Write, context.Response.Headers);
        return next(context);
    });

    private static Task Write(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}

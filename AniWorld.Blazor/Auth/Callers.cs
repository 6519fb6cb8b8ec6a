using System.Net;
using AniWorld.Services.Auth;

namespace AniWorld.Blazor.Auth;

/// <summary>Who sends a request: the address behind known proxies, and whether it is this machine.</summary>
internal static class Callers
{
    private static readonly string[] ForwardingHeaders =
        ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"];

    /// <summary>Applies what known proxies forward. Before that, notes whether anything was forwarded at all, by whomever.</summary>
    public static IApplicationBuilder UseForwardedCallers(this IApplicationBuilder app)
    {
        var forwarded = app.ApplicationServices.GetRequiredService<ForwardedCallers>();
        return app.Use((context, next) =>
        {
            context.Items[typeof(Callers)] = IsForwarded(context.Request);
            forwarded.Apply(context);
            return next(context);
        });
    }

    public static Caller Caller(this HttpContext context) => new(
        context.Connection.RemoteIpAddress,
        context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
        IsLocal: context.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
            && context.Items[typeof(Callers)] is false);

    private static bool IsForwarded(HttpRequest request) => request.Headers.Keys.Any(name =>
        name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
        || ForwardingHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));
}

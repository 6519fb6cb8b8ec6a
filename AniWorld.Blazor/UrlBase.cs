using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor;

/// <summary>Serves everything below <c>network.url_base</c>, for a proxy that passes on one path of its host.</summary>
/// <remarks>The root goes on to answer, too: health checks and programs on this machine need not know what the proxy does.</remarks>
internal static class UrlBase
{
    public static IApplicationBuilder UseUrlBase(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptionsMonitor<AniWorldOptions>>();
        return app.Use((context, next) =>
        {
            if (options.CurrentValue.Network.UrlBase is { Length: > 0 } root
                && context.Request.Path.StartsWithSegments(root, out var matched, out var rest))
            {
                context.Request.PathBase += matched;
                context.Request.Path = rest.HasValue ? rest : "/";
            }

            return next(context);
        });
    }
}

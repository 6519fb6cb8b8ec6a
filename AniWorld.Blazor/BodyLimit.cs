using Microsoft.AspNetCore.Http.Features;

namespace AniWorld.Blazor;

/// <summary>Lets a caller finish sending JSON that is too large, before it is told so.</summary>
/// <remarks>
/// The web server would answer 413 and close the connection at once. Whoever still sends then sees it break and not the answer. What is
/// far too large is cut off like that all the same, and so is a body that does not say its length.
/// </remarks>
internal static class BodyLimit
{
    /// <summary>Of the limit.</summary>
    private const int Patience = 8;

    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false, MaxRequestBodySize: { } limit } feature
            && context.Request.ContentLength > limit
            && context.Request.HasJsonContentType())
        {
            if (context.Request.ContentLength <= limit * Patience && context.Request.Headers.Expect.Count == 0)
            {
                feature.MaxRequestBodySize = limit * Patience;
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            }

            await BadRequests.TooLarge().ExecuteAsync(context);
            return;
        }

        await next(context);
    });
}

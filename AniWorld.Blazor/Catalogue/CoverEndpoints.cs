using AniWorld.Blazor.Documentation;
using AniWorld.Services.Catalogue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Catalogue;

/// <summary>Covers, from our own store: no page ever loads a picture from a foreign host.</summary>
internal static class CoverEndpoints
{
    public static void MapCovers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/covers/{id}", FindAsync).WithTags("Anime").WithSummary("A series' cover").Refuses(404);

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> FindAsync(
        string id, CoverService covers, HttpContext context, CancellationToken cancellationToken)
    {
        if (await covers.GetAsync(id, cancellationToken) is not { } cover)
        {
            return Problems.NotFound($"There is no cover for '{id}'.");
        }

        context.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.PhysicalFile(cover.Path, cover.ContentType, lastModified: File.GetLastWriteTimeUtc(cover.Path));
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Diagnosis;

/// <summary>The support bundle, for the page that offers it. No part of the API; like every page, for those who may do all.</summary>
internal static class SupportEndpoints
{
    public const string Address = "/system/support-bundle";

    public static void MapSupportBundle(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, DownloadAsync).ExcludeFromDescription().RequireAuthorization();

    private static async Task<FileStreamHttpResult> DownloadAsync(
        SupportBundle bundle, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var name = string.Create(CultureInfo.InvariantCulture, $"aniworld-support-{time.GetUtcNow():yyyyMMdd-HHmmss}.zip");
        return TypedResults.File(await bundle.MakeAsync(cancellationToken), "application/zip", name);
    }
}

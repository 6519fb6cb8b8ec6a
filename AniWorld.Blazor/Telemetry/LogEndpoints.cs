using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Telemetry;

/// <summary>The log's files, for the page that shows the log. No part of the API; like every page, for those who may do all.</summary>
internal static class LogEndpoints
{
    public const string Address = "/logs/files";

    public static void MapLogFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Address + "/{name}", Download).ExcludeFromDescription().RequireAuthorization();

    private static Results<FileStreamHttpResult, NotFound> Download(string name, LogFiles files, HttpContext context)
    {
        if (files.Open(name) is not { } content)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(content, "application/x-ndjson", name);
    }
}

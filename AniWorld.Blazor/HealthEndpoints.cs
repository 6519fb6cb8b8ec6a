using AniWorld.Data;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor;

/// <summary>Whether the server lives, and whether it can do its work. Public, so they tell no more than that.</summary>
internal static class HealthEndpoints
{
    private sealed record Health(string Status);

    /// <param name="Checks">Name → <c>ok</c> or what is wrong, as <c>code: sentence</c>.</param>
    private sealed record Readiness(string Status, IReadOnlyDictionary<string, string> Checks);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/", () => TypedResults.Ok(new Health("healthy"))).WithSummary("The process lives");
        group.MapGet("/ready", ReadyAsync).WithSummary("It can do its work: database and library");
    }

    private static async Task<JsonHttpResult<Readiness>> ReadyAsync(
        IDbContextFactory<AniWorldDbContext> databases, LibraryAccess library, CancellationToken cancellationToken)
    {
        var checks = new Dictionary<string, string>();
        var knowsFiles = false;
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            knowsFiles = await database.EpisodeFiles.AnyAsync(cancellationToken);
            checks["database"] = "ok";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            checks["database"] = "The database cannot be read; the log says why.";
        }

        checks["library"] = Library(library, knowsFiles);
        var ready = checks.Values.All(check => check == "ok");
        return TypedResults.Json(
            new Readiness(ready ? "ready" : "unready", checks),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static string Library(LibraryAccess library, bool knowsFiles)
    {
        try
        {
            library.Open(knowsFiles);
            return "ok";
        }
        catch (FaultException fault)
        {
            return fault.Code;
        }
    }
}

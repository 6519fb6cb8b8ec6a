using System.Diagnostics;
using AniWorld.Blazor.Documentation;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Configuration;

/// <summary>Backups over HTTP, under <c>/api/config/backups</c>.</summary>
internal static class BackupEndpoints
{
    private const string Zip = "application/zip";

    public static RouteGroupBuilder MapBackups(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/config/backups").WithTags("Configuration").RequireAuthorization();
        group.MapGet("/", List).WithSummary("Earlier states, newest first");
        group.MapPost("/", MakeAsync).WithSummary("Back configuration and database up now");
        group.MapGet("/{name}", Download).WithSummary("A backup as a zip").Produces(200, contentType: Zip).Refuses(404);
        group.MapPost("/upload", UploadAsync).WithSummary("Take a backup's zip in, as the raw body")
            .Accepts<Stream>(Zip, "application/x-zip-compressed", "application/octet-stream");
        group.MapPost("/{name}/restore", RestoreAsync).WithSummary("Put an earlier state in force").Refuses(404, 409);
        group.MapDelete("/{name}", Delete).WithSummary("Delete an earlier state").Refuses(404);
        return group;
    }

    private static Ok<IReadOnlyList<Backup>> List(BackupService backups) => TypedResults.Ok(backups.List());

    private static async Task<Created<Backup>> MakeAsync(BackupService backups, CancellationToken cancellationToken) =>
        Created(await backups.MakeAsync(BackupReason.Manual, cancellationToken));

    private static Results<FileStreamHttpResult, ProblemHttpResult> Download(string name, BackupService backups, HttpContext context)
    {
        if (backups.Open(name) is not var (content, fileName))
        {
            return NoBackup(name);
        }

        // It has the secrets of the configuration in it.
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(content, Zip, fileName, enableRangeProcessing: true);
    }

    private static async Task<Results<Created<Backup>, ProblemHttpResult>> UploadAsync(
        HttpContext context, BackupService backups, IOptionsMonitor<AniWorldOptions> options, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.CurrentValue.Limits.BackupBytes;
        }

        return await backups.AddAsync(context.Request.Body, cancellationToken) switch
        {
            UploadResult.Added(var backup) => Created(backup),
            UploadResult.Invalid(var reason) => Problems.Invalid("body", reason),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<Results<Ok<RestoreAnswer>, ProblemHttpResult>> RestoreAsync(
        string name, RestoreRequest? request, RestoreService restore, CancellationToken cancellationToken) =>
        await restore.RestoreAsync(name, request?.Parts ?? [BackupPart.Config], cancellationToken) switch
        {
            RestoreResult.Restored(var parts, var safetyBackup) => TypedResults.Ok(new RestoreAnswer(parts, safetyBackup)),
            RestoreResult.UnknownBackup => NoBackup(name),
            RestoreResult.ScanRuns => Problems.Conflict("A scan of the library runs; cancel it or wait for its end, then restore."),
            RestoreResult.Invalid(var problems) => ConfigEndpoints.Invalid(problems),
            _ => throw new UnreachableException(),
        };

    private static Results<NoContent, ProblemHttpResult> Delete(string name, BackupService backups) =>
        backups.Delete(name) ? TypedResults.NoContent() : NoBackup(name);

    private static Created<Backup> Created(Backup backup) => TypedResults.Created($"/api/config/backups/{backup.Name}", backup);

    private static ProblemHttpResult NoBackup(string name) =>
        Problems.NotFound($"No backup is named {name}; see the list of backups for those there are.");
}

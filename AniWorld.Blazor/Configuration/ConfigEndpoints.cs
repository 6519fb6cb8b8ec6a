using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Documentation;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Configuration;

/// <summary>The configuration over HTTP, under <c>/api/config</c>.</summary>
internal static class ConfigEndpoints
{
    public static RouteGroupBuilder MapConfig(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/config").WithTags("Configuration").RequireAuthorization();
        group.MapGet("/", GetAsync).WithSummary("The whole configuration, secrets masked");
        group.MapPut("/", PutAsync).WithSummary("Change it by a JSON merge patch");
        group.MapPost("/validate", ValidateAsync).WithSummary("Whether a merge patch would be taken; applies nothing");
        group.MapGet("/backups", ListBackups).WithSummary("Earlier states, newest first");
        group.MapPost("/backups/{name}/restore", RestoreAsync).WithSummary("Put an earlier state in force").Refuses(404);
        group.MapDelete("/backups/{name}", DeleteBackup).WithSummary("Delete an earlier state").Refuses(404);
        return group;
    }

    private static async Task<Ok<JsonObject>> GetAsync(ConfigService config, CancellationToken cancellationToken) =>
        TypedResults.Ok(await config.GetAsync(cancellationToken));

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> PutAsync(
        JsonElement patch, ConfigService config, CancellationToken cancellationToken) =>
        await config.PutAsync(patch, cancellationToken) switch
        {
            ConfigChange.Applied(var configuration, _) => TypedResults.Ok(configuration),
            ConfigChange.Invalid(var problems) => Invalid(problems),
            _ => throw new UnreachableException(),
        };

    private static async Task<Ok<ConfigValidation>> ValidateAsync(
        JsonElement patch, ConfigService config, CancellationToken cancellationToken) =>
        TypedResults.Ok(await config.ValidateAsync(patch, cancellationToken));

    private static Ok<IReadOnlyList<ConfigBackup>> ListBackups(ConfigService config) => TypedResults.Ok(config.Backups());

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> RestoreAsync(
        string name, RestoreRequest? request, ConfigService config, CancellationToken cancellationToken)
    {
        var parts = request?.Parts ?? ["config"];
        if (parts is not ["config"])
        {
            return Problems.Invalid("parts", "This backup holds the configuration alone; send [\"config\"].");
        }

        return await config.RestoreAsync(name, cancellationToken) switch
        {
            ConfigChange.Applied(var configuration, _) => TypedResults.Ok(configuration),
            ConfigChange.Invalid(var problems) => Invalid(problems),
            ConfigChange.UnknownBackup => NoBackup(name),
            _ => throw new UnreachableException(),
        };
    }

    private static Results<NoContent, ProblemHttpResult> DeleteBackup(string name, ConfigService config) =>
        config.DeleteBackup(name) ? TypedResults.NoContent() : NoBackup(name);

    private static ProblemHttpResult Invalid(IReadOnlyList<ConfigProblem> problems) => Problems.Invalid(
        "The configuration was not changed; put right what errors names and send it again.",
        problems.GroupBy(problem => problem.Path, problem => problem.Message)
            .ToDictionary(member => member.Key, member => member.ToArray()));

    private static ProblemHttpResult NoBackup(string name) =>
        Problems.NotFound($"No backup is named {name}; GET /api/config/backups lists them.");
}

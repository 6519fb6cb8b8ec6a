using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <param name="problems">What is wrong with a configuration that was not taken.</param>
    public static ProblemHttpResult Invalid(IReadOnlyList<ConfigProblem> problems) => Problems.Invalid(
        "The configuration was not changed; put right what errors names and send it again.",
        problems.GroupBy(problem => problem.Path, problem => problem.Message)
            .ToDictionary(member => member.Key, member => member.ToArray()));
}

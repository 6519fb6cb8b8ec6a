using AniWorld.Blazor.Documentation;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Auth;

/// <summary>Keys for programs over HTTP, under <c>/api/auth/api-keys</c>.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this RouteGroupBuilder auth)
    {
        auth.MapPost("/api-keys", CreateAsync).WithSummary("Make an API key; it is shown this once");
        auth.MapGet("/api-keys", ListAsync).WithSummary("API keys, without their secrets");
        auth.MapDelete("/api-keys/{id}", RevokeAsync).WithSummary("Revoke an API key").Refuses(404);
    }

    private static async Task<Created<NewApiKeyAnswer>> CreateAsync(
        ApiKeyRequest request, ApiKeyService keys, CancellationToken cancellationToken)
    {
        var (key, text) = await keys.CreateAsync(request.Name.Trim(), request.Scopes, request.ExpiresAt, cancellationToken);
        return TypedResults.Created(
            (string?)null, new NewApiKeyAnswer(key.Prefix, text, key.Name, key.Scopes, key.CreatedAt, key.ExpiresAt));
    }

    private static async Task<IEnumerable<ApiKeyAnswer>> ListAsync(ApiKeyService keys, CancellationToken cancellationToken) =>
        (await keys.ListAsync(cancellationToken)).Select(ApiKeyAnswer.From);

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, ApiKeyService keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("No API key has this id; it may have been revoked.");
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AniWorld.Blazor.Documentation;

/// <summary>Says of each call that it wants a token or a key, unless it is public.</summary>
internal sealed class Callers : IOpenApiOperationTransformer
{
    public const string Token = "token";
    public const string Key = "api_key";

    public static bool IsPublic(OpenApiOperationTransformerContext context) =>
        context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Security = IsPublic(context) ? [] : [Asks(Token, context), Asks(Key, context)];
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Asks(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}

using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Authorization;

namespace AniWorld.Blazor.Auth;

/// <summary>Which scope a request needs. Sessions have all; keys have what they were made with.</summary>
internal static class ScopeRules
{
    private static readonly PathString[] Administration = ["/api/auth", "/api/config"];
    private static readonly PathString[] Programs = ["/api", "/ws", "/health", "/metrics", "/openapi"];

    public static string Needed(HttpRequest request)
    {
        if (!Programs.Any(program => request.Path.StartsWithSegments(program))
            || Administration.Any(path => request.Path.StartsWithSegments(path))
            || DeletesFiles(request))
        {
            return Scope.Admin;
        }

        return IsReading(request) ? Scope.Read : Scope.Write;
    }

    // CONNECT is how HTTP/2 opens a WebSocket.
    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Path.StartsWithSegments("/ws");

    private static bool DeletesFiles(HttpRequest request) =>
        HttpMethods.IsDelete(request.Method)
        && request.Path.StartsWithSegments("/api/anime", out var rest)
        && (request.Query.ContainsKey("files") || rest.Value!.Contains("/files/", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The request's scope must be among the user's.</summary>
internal sealed class ScopeRequirement : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        // Outside of a request, in a circuit, only sessions are found.
        var needed = context.Resource is HttpContext http ? ScopeRules.Needed(http.Request) : Scope.Admin;
        if (context.User.Has(needed))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Contract;

/// <summary>What answers without a log-in is a list that somebody wrote down.</summary>
[Trait("Kind", "api")]
public sealed partial class PublicListTests
{
    private static readonly string[] Public =
    [
        "/api/auth/setup", "/api/auth/login", "/api/auth/status", "/health", "/health/ready", "/login", "/setup", "/logout", "/not-found", "/error",
        "/schemas/site-profile.json",
    ];

    [Fact]
    public async Task Everything_else_asks_for_a_log_in_whatever_its_method()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Http.BaseAddress };
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
                .Where(method => method != "CONNECT")
                .Select(method => (Method: method, Path: "/" + endpoint.RoutePattern.RawText?.Trim('/'))))
            .Distinct()
            .ToList();
        Assert.True(routes.Count > 60, $"only {routes.Count} routes were found");

        foreach (var (method, path) in routes.Where(route => !Public.Contains(route.Path) && !IsFrameworkFile(route.Path)))
        {
            using var answer = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), Parameter().Replace(path, "1")));

            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized
                    || (answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/login", StringComparison.Ordinal)),
                $"{method} {path} answered {(int)answer.StatusCode} to a stranger");
        }
    }

    /// <summary>Files of the framework and of the documentation's page, the same for everybody.</summary>
    private static bool IsFrameworkFile(string path) =>
        path.StartsWith("/_framework/", StringComparison.Ordinal)
        || path.EndsWith(".js", StringComparison.Ordinal)
        || path == "/api/docs/assets/favicon.svg";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}

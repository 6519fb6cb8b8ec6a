using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Auth;

/// <summary>Who is let in, on every way in: pages, REST, WebSocket, circuits. What is not public by name asks for a log-in.</summary>
internal static class WebAuth
{
    private const string Choice = "TokenOrKey";

    /// <summary>Comes after <c>AddRazorComponents</c>, whose authentication state it replaces.</summary>
    public static IServiceCollection AddWebAuth(this IServiceCollection services)
    {
        services.AddAuth();
        services.AddSingleton<ForwardedCallers>();
        services.AddAuthentication(Choice)
            .AddPolicyScheme(Choice, displayName: null, options => options.ForwardDefaultSelector = Select)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Channel.ApiKey, configureOptions: null);
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, SessionBearer>();

        var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(policy).SetFallbackPolicy(policy);
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();

        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>();
        services.AddScoped<CircuitHandler, SessionCircuitHandler>();
        return services;
    }

    /// <summary>First in the pipeline: who calls, and by which name.</summary>
    public static IApplicationBuilder UseCallers(this IApplicationBuilder app) => app.UseForwardedCallers().UseHostFilter();

    /// <summary>After routing and before the endpoints.</summary>
    public static IApplicationBuilder UseWebAuth(this IApplicationBuilder app) =>
        app.UseAuthentication().UseOriginCheck().UseAuthorization();

    private static string Select(HttpContext context) =>
        KeyPlaces.HasKey(context.Request) && !TokenPlaces.HasBearer(context.Request)
            ? Channel.ApiKey
            : JwtBearerDefaults.AuthenticationScheme;
}

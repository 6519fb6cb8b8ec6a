using System.Diagnostics.Metrics;
using AniWorld.Blazor.Auth;
using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using AniWorld.Services.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AniWorld.Blazor.Telemetry;

/// <summary>AniWorld's figures and those of ASP.NET and .NET, for Prometheus at <c>/metrics</c>.</summary>
/// <remarks>Labels are bounded: requests go by the template of their route, hosters by <see cref="TelemetrySource"/>'s own list.</remarks>
internal static class Metrics
{
    private static readonly string[] Meters =
    [
        TelemetrySource.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "System.Runtime",
    ];

    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("aniworld", serviceVersion: typeof(Metrics).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        return services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            // A process may hold several servers, and figures are heard all through it.
            var own = provider.GetRequiredService<IMeterFactory>();
            metrics.AddView(instrument => instrument.Meter.Scope is { } scope && scope != own ? MetricStreamConfiguration.Drop : null);
        });
    }

    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder routes) => routes
        .MapPrometheusScrapingEndpoint("/metrics")
        .RequireAuthorization(policy => policy.RequireAssertion(MayRead));

    private static bool MayRead(AuthorizationHandlerContext context) =>
        context.User.Has(Scope.Read)
        || (context.Resource is HttpContext http
            && http.RequestServices.GetRequiredService<IOptionsMonitor<AniWorldOptions>>().CurrentValue.Metrics.Public);
}

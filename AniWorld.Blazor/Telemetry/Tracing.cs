using AniWorld.Blazor.Layout;
using AniWorld.Services.Telemetry;
using OpenTelemetry.Trace;

namespace AniWorld.Blazor.Telemetry;

/// <summary>Spans of requests, downloads, scans and catalogue look-ups, sent to a collector when one is named; otherwise nothing is made.</summary>
/// <remarks>
/// The settings are OpenTelemetry's own (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>…_PROTOCOL</c>, <c>…_HEADERS</c>), from the environment or
/// appsettings.json. Attributes hold no query of an address, no header and no body.
/// </remarks>
internal static class Tracing
{
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    public static IServiceCollection AddTracing(this IServiceCollection services, IConfiguration configuration)
    {
        if (Endpoints.All(name => string.IsNullOrWhiteSpace(configuration[name])))
        {
            return services;
        }

        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource(TelemetrySource.Name)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = IsWorthASpan)
                .AddOtlpExporter(exporter => exporter.HttpClientFactory = CreateClient));
        return services;
    }

    /// <summary>Calls of programs and visits of pages; not what is always asked for, nor what stays open for hours.</summary>
    private static bool IsWorthASpan(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api")
        || (!ProgramPaths.Contains(context.Request.Path) && !Path.HasExtension(context.Request.Path.Value));

    /// <summary>What the owner named gets the spans, and nobody that it redirects to.</summary>
    private static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    });
}

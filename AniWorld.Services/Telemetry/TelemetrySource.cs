using System.Diagnostics;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Telemetry;

/// <summary>Where AniWorld's figures and spans come from, by the name that an exporter asks for.</summary>
public static class TelemetrySource
{
    public const string Name = "AniWorld";

    private static readonly ActivitySource Spans = new(Name);

    /// <summary>Begins a span, if anybody listens. Names of things are good attributes; addresses are not, they may hold tokens.</summary>
    internal static Activity? Start(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        var span = Spans.StartActivity(name);
        if (span is not null)
        {
            foreach (var (attribute, value) in attributes)
            {
                span.SetTag($"aniworld.{attribute}", value);
            }
        }

        return span;
    }

    /// <summary>Says why a span failed: by the code alone, since sentences name addresses and paths.</summary>
    internal static void Fail(this Activity? span, Exception e)
    {
        var code = e is FaultException fault ? fault.Code : e.GetType().Name;
        span?.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error, code);
    }
}

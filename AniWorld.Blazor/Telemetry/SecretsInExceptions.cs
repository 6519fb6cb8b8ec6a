using Serilog.Core;
using Serilog.Events;

namespace AniWorld.Blazor.Telemetry;

/// <summary>Takes secrets out of what exceptions say, which no enricher can change, before a line goes on to <paramref name="next"/>.</summary>
internal sealed class SecretsInExceptions(ILogEventSink next) : ILogEventSink, IDisposable
{
    public void Emit(LogEvent logEvent) => next.Emit(Clean(logEvent));

    public void Dispose() => (next as IDisposable)?.Dispose();

    private static LogEvent Clean(LogEvent line)
    {
        var text = line.Exception?.ToString() ?? "";
        var cleaned = SecretsInText.Clean(text);
        return cleaned == text
            ? line
            : new LogEvent(
                line.Timestamp,
                line.Level,
                new CleanedException(cleaned),
                line.MessageTemplate,
                line.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
                line.TraceId ?? default,
                line.SpanId ?? default);
    }

    /// <summary>Only to be written: says what another one said, but for the secrets.</summary>
    private sealed class CleanedException(string text) : Exception
    {
        public override string ToString() => text;
    }
}

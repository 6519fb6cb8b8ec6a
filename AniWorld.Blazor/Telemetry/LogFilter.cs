using Serilog.Events;

namespace AniWorld.Blazor.Telemetry;

/// <summary>Which lines are shown.</summary>
/// <param name="Least">Of this level, or a more serious one.</param>
/// <param name="Text">Part of the message, the source, the exception or the trace id, in any case; <see langword="null"/> for all.</param>
public sealed record LogFilter(LogEventLevel Least, string? Text)
{
    public bool Takes(LogLine line) => line.Level >= Least
        && (string.IsNullOrWhiteSpace(Text) || Says(line.Message) || Says(line.Source) || Says(line.Details) || Says(line.Trace));

    private bool Says(string? text) => text?.Contains(Text!.Trim(), StringComparison.CurrentCultureIgnoreCase) is true;
}

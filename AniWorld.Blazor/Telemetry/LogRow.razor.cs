using Microsoft.AspNetCore.Components;
using Serilog.Events;

namespace AniWorld.Blazor.Telemetry;

/// <summary>One line of the log. It never changes, so it is drawn once.</summary>
public sealed partial class LogRow : ComponentBase
{
    private LogLine? _drawn;
    private TimeZoneInfo? _drawnZone;

    [Parameter, EditorRequired]
    public required LogLine Line { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    private DateTimeOffset Local => TimeZoneInfo.ConvertTime(Line.At, Zone);

    private string ShortSource => Line.Source[(Line.Source.LastIndexOf('.') + 1)..];

    private string? Look => Line.Level switch
    {
        LogEventLevel.Error or LogEventLevel.Fatal => "bad",
        LogEventLevel.Warning => "odd",
        LogEventLevel.Verbose or LogEventLevel.Debug => "quiet",
        _ => null,
    };

    protected override bool ShouldRender()
    {
        var changed = !ReferenceEquals(_drawn, Line) || !ReferenceEquals(_drawnZone, Zone);
        (_drawn, _drawnZone) = (Line, Zone);
        return changed;
    }
}

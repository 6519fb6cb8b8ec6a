using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>When the series' catalogue pages are looked at and why then, and a way to say how often.</summary>
public sealed partial class SeriesRefreshLine(TimeProvider time) : ComponentBase
{
    private static readonly int?[] Choices = [null, 6, 24, 72, 168, 672];

    [Parameter, EditorRequired]
    public required SeriesRefreshState Refresh { get; set; }

    [Parameter]
    public bool Monitored { get; set; } = true;

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<int?> OnChoose { get; set; }

    private string Sentence => !Monitored
        ? RefreshTexts.Of("NotMonitored")
        : RefreshTexts.Of(
            Refresh.Last is null ? "Unlooked" : "Looked",
            Refresh.Last is { } last ? Clock(last) : null,
            Refresh.Next is { } next && next > time.GetUtcNow() ? Clock(next) : RefreshTexts.Of("Now"),
            RefreshTexts.ReasonOf(Refresh.Reason));

    private string Clock(DateTimeOffset moment) =>
        SaidDate.Of(TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone), "ddd d MMM, HH:mm");
}

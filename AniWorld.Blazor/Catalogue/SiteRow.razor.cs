using System.Globalization;
using AniWorld.Blazor.Layout;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Catalogue;

/// <summary>One catalogue site: whether it works, and since when not.</summary>
public sealed partial class SiteRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required SiteView Site { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnTry { get; set; }

    private string Success => Site.Record is { } record && record.Successes + record.Failures > 0
        ? SourceTexts.Of("SuccessOf", record.Successes.ToString("N0", CultureInfo.CurrentCulture), (record.Successes + record.Failures).ToString("N0", CultureInfo.CurrentCulture))
        : "–";

    private string Clock(DateTimeOffset moment) => Amount.Moment(moment, Zone);
}

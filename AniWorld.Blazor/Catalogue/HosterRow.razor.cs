using AniWorld.Blazor.Layout;
using AniWorld.Services.Streaming;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Catalogue;

/// <summary>One hoster: how reliably and how fast it delivers, and whether it is left alone.</summary>
public sealed partial class HosterRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required HosterState Hoster { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    private string Clock(DateTimeOffset moment) => Amount.Moment(moment, Zone);
}

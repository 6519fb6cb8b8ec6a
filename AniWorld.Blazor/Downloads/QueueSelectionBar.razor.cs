using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Downloads;

/// <summary>What can be done with the selected downloads; nothing while none is.</summary>
public sealed partial class QueueSelectionBar : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<QueueLine> Lines { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<DownloadChange> OnChange { get; set; }

    [Parameter]
    public EventCallback<QueueEnd> OnMove { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    private static bool IsOpen(QueueLine line) => DownloadStatuses.Open.Contains(line.Item.Status);
}

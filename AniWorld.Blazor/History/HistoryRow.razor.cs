using AniWorld.Services.History;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.History;

/// <summary>One thing that happened, told in a sentence.</summary>
public sealed partial class HistoryRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required HistoryLine Line { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    private DateTimeOffset At => TimeZoneInfo.ConvertTime(Line.Event.CreatedAt, Zone);

    private bool IsBad => Line.Event.Kind is HistoryKinds.DownloadFailed or "auth.login_failed";

    private string Icon => HistoryKinds.TopicOf(Line.Event.Kind) switch
    {
        _ when IsBad => Icons.Material.Outlined.ErrorOutline,
        "download" => Icons.Material.Outlined.DownloadDone,
        "file" or "files" => Icons.Material.Outlined.InsertDriveFile,
        "series" => Icons.Material.Outlined.VideoLibrary,
        "auth" => Icons.Material.Outlined.VpnKey,
        "config" => Icons.Material.Outlined.Settings,
        "backup" or "import" => Icons.Material.Outlined.Inventory2,
        _ => Icons.Material.Outlined.Circle,
    };
}

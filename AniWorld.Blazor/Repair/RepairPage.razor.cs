using System.Globalization;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Backups;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Repair;

/// <summary>Says that the database is damaged and lets a backup take its place. A plain form, without script and circuit.</summary>
public sealed partial class RepairPage : ComponentBase
{
    [Parameter, EditorRequired]
    public required RepairForm Form { get; set; }

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    // Local time of the machine: a page without script does not know the reader's.
    private static string Name(Backup backup) => string.Create(
        CultureInfo.CurrentCulture, $"{backup.CreatedAt.ToLocalTime():g} · {BackupTexts.Reason(backup.Reason)} · {Amount.Bytes(backup.SizeBytes)}");
}

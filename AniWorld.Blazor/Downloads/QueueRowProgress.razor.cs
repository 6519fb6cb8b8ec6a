using AniWorld.Blazor.Layout;
using AniWorld.Data.Downloads;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Downloads;

/// <summary>How far a download is: what of its row is drawn again several times a second.</summary>
public sealed partial class QueueRowProgress : MovingLine
{
    /// <summary>What progresses, for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Nothing can be said of how far it is before the stream is found.</summary>
    private double? Percent => Line.Progress is { Phase: DownloadPhase.Resolving } || (Line.Progress is null && Line.Item.Status is DownloadStatus.Resolving)
        ? null
        : Line.Percent;

    private string Sizes => (Line.DownloadedBytes, Line.TotalBytes) switch
    {
        (0, null) => "",
        (var done, { } total) => QueueTexts.Of("SizeOf", Amount.Bytes(done), Amount.Bytes(total)),
        var (done, _) => Amount.Bytes(done),
    };
}

using AniWorld.Blazor.Downloads;
using AniWorld.Data.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Dashboard;

/// <summary>A download that runs, in two lines. Drawn again only when it changed.</summary>
public sealed partial class RunningDownload : MovingLine
{
    private (QueueLine? Line, int Version, DownloadProgressed? Progress) _drawn;

    /// <summary>What is happening knows it best; the list may be a moment behind.</summary>
    private DownloadPhase Phase => Line.IsPaused ? DownloadPhase.Paused : Line.Progress?.Phase ?? Line.Item.Status switch
    {
        DownloadStatus.Resolving => DownloadPhase.Resolving,
        DownloadStatus.Processing => DownloadPhase.Processing,
        DownloadStatus.Paused => DownloadPhase.Paused,
        _ => DownloadPhase.Downloading,
    };

    protected override bool ShouldRender()
    {
        var now = (Line, Line.Version, Line.Progress);
        var changed = _drawn != now;
        _drawn = now;
        return changed;
    }
}

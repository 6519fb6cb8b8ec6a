using AniWorld.Blazor.Downloads;
using AniWorld.Data.Downloads;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Dashboard;

/// <summary>A download that runs, in two lines. Drawn again only when it changed.</summary>
public sealed partial class RunningDownload : ComponentBase, IDisposable
{
    private QueueLine? _heard;
    private (int Version, DownloadProgressed? Progress) _drawn = (-1, null);

    [Parameter, EditorRequired]
    public required QueueLine Line { get; set; }

    /// <summary>What is happening knows it best; the list may be a moment behind.</summary>
    private DownloadPhase Phase => Line.IsPaused ? DownloadPhase.Paused : Line.Progress?.Phase ?? Line.Item.Status switch
    {
        DownloadStatus.Resolving => DownloadPhase.Resolving,
        DownloadStatus.Processing => DownloadPhase.Processing,
        DownloadStatus.Paused => DownloadPhase.Paused,
        _ => DownloadPhase.Downloading,
    };

    public void Dispose() => Forget();

    protected override void OnParametersSet()
    {
        if (_heard != Line)
        {
            Forget();
            _heard = Line;
            _heard.Moved += StateHasChanged;
            _drawn = (-1, null);
        }
    }

    protected override bool ShouldRender()
    {
        var now = (Line.Version, Line.Progress);
        var changed = _drawn != now;
        _drawn = now;
        return changed;
    }

    private void Forget()
    {
        if (_heard is not null)
        {
            _heard.Moved -= StateHasChanged;
        }
    }
}

using AniWorld.Services.Progress;

namespace AniWorld.Services.Library;

/// <summary>Tells the callbacks how far a walk is.</summary>
internal sealed class WalkReport(CallbackManager callbacks, Guid scanId) : IProgress<WalkProgress>
{
    public void Report(WalkProgress value) => callbacks.NotifyProgress(new ProgressContext
    {
        Operation = OperationKind.Scan,
        OperationId = scanId,
        Key = "",
        Folder = value.Folder,
        Current = value.Current,
        Total = value.Total,
        Percent = value.Total == 0 ? 0 : 100.0 * value.Current / value.Total,
        Message = $"Reading {value.Folder}",
    });
}

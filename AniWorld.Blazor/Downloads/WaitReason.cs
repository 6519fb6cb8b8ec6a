using System.Globalization;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Faults;

namespace AniWorld.Blazor.Downloads;

/// <summary>Why a download waits, in plain sentences, from what is known of it and of the queue.</summary>
/// <param name="Attempts">How often one is tried before it counts as failed.</param>
/// <param name="Parallel">How many may run at once.</param>
internal sealed record WaitReason(int Attempts, int Parallel, SpeedLimit Limit, DateTimeOffset Now, TimeZoneInfo Zone)
{
    public string Of(QueueLine line, QueueBoard board) => line.Item switch
    {
        _ when !board.IsRunning => QueueTexts.Of("WhyStopped"),
        _ when board.IsPaused => QueueTexts.Of("WhyAllPaused"),
        { PausedByUser: true } => QueueTexts.Of("WhyPaused"),
        { NextRetryAt: { } next } item when next > Now => Later(item, Clock(next)),
        _ => InTurn(line, board),
    };

    /// <summary>By the wall clock; with seconds when it is soon.</summary>
    public string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).ToString(
        moment - Now < TimeSpan.FromMinutes(2) ? "HH:mm:ss" : "HH:mm", CultureInfo.CurrentCulture);

    private string Later(DownloadQueueItem item, string clock) => DownloadError.Of(item.Error ?? "").Code switch
    {
        FaultCode.DiskFull => QueueTexts.Of("WhyDisk", clock),
        FaultCode.TargetMissing or FaultCode.ReadOnly or FaultCode.PermissionDenied => QueueTexts.Of("WhyLibrary", clock),
        FaultCode.RateLimited => QueueTexts.Of("WhyRate", clock),
        _ when item.RetryCount > 0 => QueueTexts.Of("WhyRetry", item.RetryCount, Attempts, clock),
        _ => QueueTexts.Of("WhyRest", clock),
    };

    private string InTurn(QueueLine line, QueueBoard board)
    {
        var running = board.Active.Count(active => !active.Item.PausedByUser);
        if (running < Parallel && board.PlaceOf(line) == 0)
        {
            return QueueTexts.Of("WhySoon");
        }

        var sentences = new List<string>
        {
            QueueTexts.Count("WhyFull", Math.Max(running, 1)),
            board.PlaceOf(line) is > 0 and var before ? QueueTexts.Count("WhyBefore", before) : QueueTexts.Of("WhyNext"),
        };
        if (Limit.MebibytesPerSecond > 0)
        {
            sentences.Add(QueueTexts.Of("WhyLimit", SpeedLimitMenu.Name(Limit.MebibytesPerSecond)));
        }

        return string.Join(' ', sentences);
    }
}

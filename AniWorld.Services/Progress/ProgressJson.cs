using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace AniWorld.Services.Progress;

/// <summary>Events as the contract writes them: <c>{"type", "timestamp", "seq", "data"}</c>.</summary>
internal static class ProgressJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Write(SequencedEvent happened) =>
        Write(TypeOf(happened.Event), happened.Timestamp, happened.Seq, json => WriteData(json, happened));

    /// <summary>One message with whatever data.</summary>
    public static byte[] Write(string type, DateTimeOffset timestamp, long seq, Action<Utf8JsonWriter> writeData)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", WireUnits.Timestamp(timestamp));
            json.WriteNumber("seq", seq);
            json.WritePropertyName("data");
            writeData(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The data of <c>download_progress</c>.</summary>
    public static void WriteDownload(Utf8JsonWriter json, DownloadProgressed progress)
    {
        json.WriteStartObject();
        WriteEpisode(json, progress.DownloadId, progress.Key, progress.Folder, progress.Season, progress.Number);
        WriteTransfer(json, progress.Percent, progress.Speed, progress.TimeLeft);
        json.WriteEndObject();
    }

    /// <summary>The data of <c>scan_progress</c>.</summary>
    public static void WriteScan(Utf8JsonWriter json, ScanProgressed progress)
    {
        json.WriteStartObject();
        WriteScanMembers(json, progress.ScanId, progress, progress.Percent, progress.Message);
        json.WriteEndObject();
    }

    /// <summary>The data of <c>queue_status</c>.</summary>
    public static void WriteQueue(Utf8JsonWriter json, QueueChanged queue)
    {
        var statistics = queue.Statistics;
        json.WriteStartObject();
        json.WriteBoolean("is_running", queue.IsRunning);
        json.WriteBoolean("is_paused", queue.IsPaused);
        json.WriteStartObject("statistics");
        json.WriteNumber("total_items", statistics.TotalItems);
        json.WriteNumber("pending_count", statistics.PendingCount);
        json.WriteNumber("active_count", statistics.ActiveCount);
        json.WriteNumber("completed_count", statistics.CompletedCount);
        json.WriteNumber("failed_count", statistics.FailedCount);
        json.WriteNumber("total_downloaded_mb", WireUnits.Mebibytes(statistics.DownloadedBytes));
        json.WriteNumber("average_speed_mbps", WireUnits.Mebibytes(statistics.AverageSpeed));
        WriteSeconds(json, "estimated_time_remaining_seconds", statistics.TimeRemaining);
        json.WriteNumber("free_disk_mb", WireUnits.Mebibytes(statistics.FreeDiskBytes));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(ProgressEvent happened) => happened switch
    {
        DownloadProgressed => "download_progress",
        DownloadCompleted => "download_complete",
        DownloadFailed => "download_failed",
        QueueChanged => "queue_status",
        ScanProgressed => "scan_progress",
        ScanCompleted => "scan_complete",
        ScanFailed => "scan_failed",
        SystemNotice => "system_notice",
        _ => throw new UnreachableException($"{happened.GetType().Name} has no message in the contract."),
    };

    private static void WriteData(Utf8JsonWriter json, SequencedEvent happened)
    {
        switch (happened.Event)
        {
            case DownloadProgressed progress:
                WriteDownload(json, progress);
                break;
            case DownloadCompleted completed:
                WriteCompleted(json, completed, happened.Last as DownloadProgressed);
                break;
            case DownloadFailed failed:
                WriteFailed(json, failed, happened.Last as DownloadProgressed);
                break;
            case QueueChanged queue:
                WriteQueue(json, queue);
                break;
            case ScanProgressed progress:
                WriteScan(json, progress);
                break;
            case ScanCompleted completed:
                WriteScanCompleted(json, completed, happened.Last as ScanProgressed);
                break;
            case ScanFailed failed:
                WriteScanFailed(json, failed, happened.Last as ScanProgressed);
                break;
            case SystemNotice notice:
                WriteNotice(json, notice);
                break;
        }
    }

    private static void WriteCompleted(Utf8JsonWriter json, DownloadCompleted completed, DownloadProgressed? last)
    {
        json.WriteStartObject();
        WriteEpisode(json, completed.DownloadId, completed.Key, completed.Folder, completed.Season, completed.Number);
        WriteTransfer(json, 100, last?.Speed ?? 0, TimeSpan.Zero);
        json.WriteString("file_path", completed.FilePath);
        json.WriteNumber("size_mb", WireUnits.Mebibytes(completed.Size));
        json.WriteString("language", completed.Language);
        json.WriteEndObject();
    }

    private static void WriteFailed(Utf8JsonWriter json, DownloadFailed failed, DownloadProgressed? last)
    {
        json.WriteStartObject();
        WriteEpisode(json, failed.DownloadId, failed.Key, failed.Folder, failed.Season, failed.Number);
        WriteTransfer(json, last?.Percent ?? 0, 0, null);
        json.WriteString("error", failed.Error);
        json.WriteBoolean("will_retry", failed.WillRetry);
        json.WriteString("next_retry_at", failed.NextRetryAt is { } next ? WireUnits.Timestamp(next) : null);
        json.WriteEndObject();
    }

    private static void WriteScanCompleted(Utf8JsonWriter json, ScanCompleted completed, ScanProgressed? last)
    {
        json.WriteStartObject();
        WriteScanMembers(json, completed.ScanId, last, 100, completed.Warning?.ToString());
        json.WriteNumber("series", completed.Series);
        json.WriteNumber("files", completed.Files);
        json.WriteNumber("missing", completed.Missing);
        json.WriteNumber("duration_seconds", Math.Round(completed.Duration.TotalSeconds, 1));
        json.WriteEndObject();
    }

    private static void WriteScanFailed(Utf8JsonWriter json, ScanFailed failed, ScanProgressed? last)
    {
        json.WriteStartObject();
        WriteScanMembers(json, failed.ScanId, last, last?.Percent ?? 0, failed.Error);
        json.WriteString("error", failed.Error);
        json.WriteBoolean("cancelled", failed.Cancelled);
        json.WriteEndObject();
    }

    private static void WriteNotice(Utf8JsonWriter json, SystemNotice notice)
    {
        json.WriteStartObject();
        json.WriteString("level", notice.Level);
        json.WriteString("code", notice.Code);
        json.WriteString("message", notice.Message);
        json.WriteEndObject();
    }

    private static void WriteEpisode(Utf8JsonWriter json, Guid downloadId, string key, string folder, int season, int number)
    {
        json.WriteString("download_id", downloadId.ToString("N"));
        json.WriteString("key", key);
        json.WriteString("folder", folder);
        json.WriteNumber("season", season);
        json.WriteNumber("episode", number);
    }

    private static void WriteTransfer(Utf8JsonWriter json, double percent, double speed, TimeSpan? left)
    {
        json.WriteNumber("percent", WireUnits.Percent(percent));
        json.WriteNumber("speed_mbps", WireUnits.Mebibytes(speed));
        WriteSeconds(json, "eta_seconds", left);
    }

    private static void WriteScanMembers(Utf8JsonWriter json, Guid scanId, ScanProgressed? last, double percent, string? message)
    {
        json.WriteString("scan_id", scanId.ToString("N"));
        json.WriteNumber("current", last?.Current ?? 0);
        json.WriteNumber("total", last?.Total ?? 0);
        json.WriteNumber("percent", WireUnits.Percent(percent));
        json.WriteString("key", last?.Key);
        json.WriteString("folder", last?.Folder);
        json.WriteString("message", message);
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (WireUnits.WholeSeconds(time) is { } seconds)
        {
            json.WriteNumber(name, seconds);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

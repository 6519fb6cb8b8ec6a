using System.Text.Json;
using System.Text.Json.Serialization;

namespace AniWorld.Blazor.Downloads;

/// <summary>A JSON object per line, for programs.</summary>
internal sealed class FetchJson(TextWriter output) : IFetchReport
{
    private const double Mebi = 1 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly Lock _line = new();

    public async Task ShowAsync(IReadOnlyList<FetchTransfer> transfers, CancellationToken over)
    {
        while (await FetchClock.TickAsync(Interval, over))
        {
            foreach (var transfer in transfers)
            {
                WriteProgress(transfer);
            }
        }
    }

    public void Completed(FetchTransfer transfer) => Write(new FetchLine("complete", transfer.Order.Address)
    {
        FilePath = transfer.Media!.Path,
        SizeMb = transfer.Media.Size / Mebi,
        DurationSeconds = transfer.Media.Duration?.TotalSeconds,
        ElapsedSeconds = transfer.Took.TotalSeconds,
    });

    public void Failed(FetchTransfer transfer) => Write(new FetchLine("failed", transfer.Order.Address)
    {
        Error = transfer.Fault!.Text,
        ElapsedSeconds = transfer.Took.TotalSeconds,
    });

    public void Over(IReadOnlyList<FetchTransfer> transfers)
    {
    }

    /// <summary>Never after the transfer's last line.</summary>
    private void WriteProgress(FetchTransfer transfer)
    {
        lock (_line)
        {
            if (transfer.IsUnderWay)
            {
                Write(Progress(transfer));
            }
        }
    }

    private static FetchLine Progress(FetchTransfer transfer)
    {
        var state = transfer.Look();
        return new FetchLine("progress", transfer.Order.Address)
        {
            Percent = state.Percent,
            DownloadedMb = state.Progress.DownloadedBytes / Mebi,
            TotalMb = state.Progress.TotalBytes / Mebi,
            SpeedMbps = state.Speed / Mebi,
            EtaSeconds = state.SecondsLeft,
        };
    }

    private void Write(FetchLine line)
    {
        lock (_line)
        {
            output.WriteLine(JsonSerializer.Serialize(line, FetchLineJson.Default.FetchLine));
        }
    }
}

/// <param name="Event"><c>progress</c>, <c>complete</c> or <c>failed</c>.</param>
/// <param name="Url">As it was given.</param>
internal sealed record FetchLine(string Event, Uri Url)
{
    /// <summary>Absolute.</summary>
    public string? FilePath { get; init; }

    public double? Percent { get; init; }

    public double? DownloadedMb { get; init; }

    public double? TotalMb { get; init; }

    public double? SpeedMbps { get; init; }

    public long? EtaSeconds { get; init; }

    public double? SizeMb { get; init; }

    public double? DurationSeconds { get; init; }

    public double? ElapsedSeconds { get; init; }

    /// <summary><c>code: sentence</c>.</summary>
    public string? Error { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FetchLine))]
internal sealed partial class FetchLineJson : JsonSerializerContext;

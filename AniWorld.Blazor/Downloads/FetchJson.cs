using System.Text.Json;
using System.Text.Json.Serialization;

namespace AniWorld.Blazor.Downloads;

/// <summary>A JSON object per line, for programs.</summary>
internal sealed class FetchJson(TextWriter output) : WrittenReport(TimeSpan.FromMilliseconds(500))
{
    private const double Mebi = 1 << 20;

    protected override void WriteProgress(FetchTransfer transfer) => Write(Progress(transfer));

    protected override void WriteCompleted(FetchTransfer transfer) => Write(new FetchLine("complete", transfer.Order.Address)
    {
        FilePath = transfer.Media!.Path,
        SizeMb = transfer.Media.Size / Mebi,
        DurationSeconds = transfer.Media.Duration?.TotalSeconds,
        ElapsedSeconds = transfer.Took.TotalSeconds,
    });

    protected override void WriteFailed(FetchTransfer transfer) => Write(new FetchLine("failed", transfer.Order.Address)
    {
        Error = transfer.Fault!.Text,
        ElapsedSeconds = transfer.Took.TotalSeconds,
    });

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

    private void Write(FetchLine line) => output.WriteLine(JsonSerializer.Serialize(line, FetchLineJson.Default.FetchLine));
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

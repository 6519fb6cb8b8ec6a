using System.Globalization;

namespace AniWorld.Blazor.Downloads;

/// <summary>Transfers in words and figures.</summary>
internal static class FetchText
{
    private const double Mebi = 1 << 20;

    /// <summary>Such as <c>12.5 %, 128.0 of 1024.0 MiB, 81.3 MiB/s, 0:11 left</c>, as far as it is known.</summary>
    public static string Of(FetchState state)
    {
        string?[] parts =
        [
            state.Percent is { } percent ? Text($"{percent:0.0} %") : null,
            state.Progress.TotalBytes is { } total
                ? Text($"{state.Progress.DownloadedBytes / Mebi:0.0} of {total / Mebi:0.0} MiB")
                : Text($"{state.Progress.DownloadedBytes / Mebi:0.0} MiB"),
            Speed(state),
            state.SecondsLeft is { } seconds ? $"{Clock(seconds)} left" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    public static string Speed(FetchState state) => Text($"{state.Speed / Mebi:0.0} MiB/s");

    public static string Clock(long seconds) => seconds < 3600
        ? Text($"{seconds / 60}:{seconds % 60:00}")
        : Text($"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");

    public static string Completed(FetchTransfer transfer) =>
        Text($"{transfer.Media!.Path}: complete, {transfer.Media.Size / Mebi:0.0} MiB in {transfer.Took.TotalSeconds:0.0} s");

    public static string Failed(FetchTransfer transfer) => $"{transfer.Name}: {transfer.Fault!.Text}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

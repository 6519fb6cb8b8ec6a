using System.Globalization;

namespace AniWorld.Blazor.Layout;

/// <summary>Sizes, speeds, durations and moments as people read them. MiB and GiB are powers of 1,024.</summary>
internal static class Amount
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1_000 && unit < Units.Length - 1)
        {
            bytes /= 1_024;
            unit++;
        }

        return string.Create(CultureInfo.CurrentCulture, $"{Math.Max(0, bytes).ToString(unit == 0 || bytes >= 100 ? "N0" : "N1", CultureInfo.CurrentCulture)} {Units[unit]}");
    }

    public static string Speed(double bytesPerSecond) => $"{Bytes(bytesPerSecond)}/s";

    public static string Percent(double percent) => percent >= 100 ? "100 %" : $"{Math.Floor(Math.Max(0, percent)):0} %";

    /// <summary>Two units at most: <c>45 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>, <c>3 days</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, (int)time.TotalSeconds)} s",
        { TotalMinutes: < 10 } => $"{time.Minutes} min {time.Seconds} s",
        { TotalMinutes: < 60 } => $"{time.Minutes} min",
        { TotalHours: < 24 } => $"{time.Hours} h {time.Minutes} min",
        _ => ShellTexts.Count("Days", (int)time.TotalDays),
    };

    /// <summary>Day and minute by the clock of a zone, for what is at most some months away.</summary>
    public static string Moment(DateTimeOffset moment, TimeZoneInfo zone) =>
        SaidDate.Of(TimeZoneInfo.ConvertTime(moment, zone), "d MMM HH:mm");

    /// <summary><c>1 episode</c>, <c>2 episodes</c>.</summary>
    public static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.CurrentCulture, $"{count:N0} {(count == 1 ? one : many)}");
}

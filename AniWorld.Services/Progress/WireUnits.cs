namespace AniWorld.Services.Progress;

/// <summary>The units of the external contract: MiB, MiB per second, whole seconds.</summary>
public static class WireUnits
{
    private const double Mebibyte = 1_048_576;

    /// <summary>Bytes as MiB, or bytes per second as MiB per second, to two decimals; never negative, never infinite.</summary>
    public static double Mebibytes(double bytes) => double.IsFinite(bytes) ? Math.Round(Math.Max(bytes, 0) / Mebibyte, 2) : 0;

    /// <summary>Rounded up, so that a second is left as long as anything is.</summary>
    public static long? WholeSeconds(TimeSpan? time) => time is { } left ? (long)Math.Ceiling(Math.Max(left.TotalSeconds, 0)) : null;

    /// <summary>0 to 100 with one decimal; only what is done rounds to 100.</summary>
    public static double Percent(double percent) => percent switch
    {
        >= 100 => 100,
        > 0 => Math.Min(Math.Round(percent, 1), 99.9),
        _ => 0,
    };

    /// <summary>ISO 8601 in UTC with milliseconds and <c>Z</c>.</summary>
    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

using System.Globalization;
using MudBlazor;

namespace AniWorld.Blazor.Statistics;

/// <summary>How all charts look. Colours are those of the theme, so that they follow it.</summary>
internal static class Charts
{
    /// <summary>Of neighbours in a ring; the last is for all the rest.</summary>
    public static readonly string[] Palette =
    [
        "var(--mud-palette-primary)", "var(--mud-palette-success)", "var(--mud-palette-warning)", "var(--mud-palette-error)",
        "color-mix(in srgb, var(--mud-palette-primary) 45%, var(--mud-palette-surface))",
        "color-mix(in srgb, var(--mud-palette-success) 45%, var(--mud-palette-surface))",
        "color-mix(in srgb, var(--mud-palette-warning) 45%, var(--mud-palette-surface))",
        "var(--mud-palette-text-disabled)",
    ];

    public static LineChartOptions Lines { get; } = new()
    {
        ChartPalette = Palette,
        ShowLegend = false,
        LineDisplayType = LineDisplayType.Area,
        LineStrokeWidth = 2,
        YAxisRequireZeroPoint = true,
        YAxisToStringFunc = Number,
        YAxisTicks = 1,
        MaxNumYAxisTicks = 5,
        XAxisLines = false,
    };

    public static BarChartOptions Bars { get; } = new()
    {
        ChartPalette = Palette,
        ShowLegend = false,
        YAxisToStringFunc = Number,
        YAxisTicks = 1,
        MaxNumYAxisTicks = 5,
    };

    public static DonutChartOptions Ring { get; } = new() { ChartPalette = Palette, ShowLegend = false };

    /// <summary>Only every so many-th is written, so that they do not overlap.</summary>
    public static string[] Labels(IEnumerable<string> labels, int every) => [.. labels.Select((label, i) => i % every == 0 ? label : "")];

    /// <param name="values"><see langword="null"/> for a gap.</param>
    public static List<ChartSeries<double>> Of(string name, IEnumerable<double?> values) => [new() { Name = name, Data = values.ToArray() }];

    private static string Number(double value) => value.ToString(value < 10 && value % 1 != 0 ? "0.#" : "N0", CultureInfo.CurrentCulture);
}

using System.Globalization;
using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Library;

/// <summary>What the series page says about looks at the catalogue, from <c>RefreshTexts.resx</c>.</summary>
internal static class RefreshTexts
{
    private static readonly Texts All = new(typeof(RefreshTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string ReasonOf(string? reason) => All.Find($"Reason_{reason}") ?? All.Of("Reason_");

    /// <param name="hours">Between two looks; <see langword="null"/> for what was learnt.</param>
    public static string EveryOf(int? hours) =>
        All.Find(string.Create(CultureInfo.InvariantCulture, $"Every_{hours}")) ?? All.Of("EveryHours", hours);
}

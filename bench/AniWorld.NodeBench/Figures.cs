using System.Globalization;

namespace AniWorld.NodeBench;

internal static class Figures
{
    /// <summary>Median and spread, as two cells of a table.</summary>
    public static string Row(IEnumerable<double> measured)
    {
        double[] sorted = [.. measured.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:#,0.#} | {sorted[0]:#,0.#}–{sorted[^1]:#,0.#}");
    }
}

using System.Globalization;

namespace AniWorld.Blazor.Layout;

/// <summary>Days as the reader's language writes them.</summary>
internal static class SaidDate
{
    /// <param name="form">As English has it, such as <c>ddd d MMM</c>; German sets a point after the day's number.</param>
    public static string Of(IFormattable moment, string form) =>
        moment.ToString(ReaderLanguage.Current == "de" ? form.Replace("d MMM", "d. MMM", StringComparison.Ordinal) : form, CultureInfo.CurrentCulture);
}

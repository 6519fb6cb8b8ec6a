using System.Globalization;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>Years in texts such as <c>2013</c> or <c>2013 - 2015</c>.</summary>
internal static partial class Years
{
    /// <summary>The first year from 1900 to 2099; <see langword="null"/> when there is none.</summary>
    public static int? First(string? text) =>
        text is not null && Year().Match(text) is { Success: true } year ? int.Parse(year.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\b(19|20)[0-9]{2}\b")]
    private static partial Regex Year();
}

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>What one field of a profile found on a page.</summary>
/// <param name="Member">Its place in the profile, such as <c>series.title</c>.</param>
/// <param name="Selector">Where it was looked for.</param>
/// <param name="Found">Elements that the selector fits.</param>
/// <param name="Raw">What stands in the first of them, before pattern and filters; <see langword="null"/> for nothing.</param>
/// <param name="Values">What AniWorld makes of it, the first few.</param>
public sealed record FieldTrial(string Member, string Selector, int Found, string? Raw, IReadOnlyList<string> Values)
{
    internal const int MostValues = 30;

    private const int LongestValue = 300;

    internal static string? Excerpt(string? text) => text is { Length: > LongestValue } ? text[..LongestValue] + "…" : text;
}

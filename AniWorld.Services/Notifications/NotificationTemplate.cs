using System.Text.RegularExpressions;

namespace AniWorld.Services.Notifications;

/// <summary>Texts with places such as <c>{series}</c> in them.</summary>
public static partial class NotificationTemplate
{
    /// <summary>Names of the places. What an event knows nothing of is empty.</summary>
    public static IReadOnlyList<string> Places { get; } =
        ["series", "key", "season", "episode", "number", "language", "path", "size", "error", "message", "count", "missing", "time"];

    /// <summary>The text with what is known filled in; its first line apart, as the title.</summary>
    public static (string Title, string Text) Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var lines = template.ReplaceLineEndings("\n").Split('\n', 2);
        return (FillLine(lines[0], values), lines.Length > 1 ? FillLine(lines[1], values) : "");
    }

    /// <summary>The first place that does not exist; <see langword="null"/> when all do.</summary>
    public static string? Unknown(string template) =>
        Place().Matches(template).Select(place => place.Groups[1].Value).FirstOrDefault(name => !Places.Contains(name));

    private static string FillLine(string text, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(text, place => Places.Contains(place.Groups[1].Value) ? values.GetValueOrDefault(place.Groups[1].Value, "") : place.Value).Trim();

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Place();
}

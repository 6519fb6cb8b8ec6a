using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>One step in making a value of a text. The names are those that Jackett's and Prowlarr's definitions use, too.</summary>
internal sealed record FieldFilter
{
    public required string Name { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>By name: how many arguments it takes, and what it does. <see langword="null"/> means that there is no value.</summary>
    private static readonly Dictionary<string, (int Least, int Most, Func<string, IReadOnlyList<string>, string?> Do)> Known = new()
    {
        ["regexp"] = (1, 1, (text, args) => Matched(text, args[0])),
        ["re_replace"] = (2, 2, (text, args) => Regex.Replace(text, args[0], args[1], Field.PatternOptions)),
        ["replace"] = (2, 2, (text, args) => text.Replace(args[0], args[1], StringComparison.Ordinal)),
        ["split"] = (2, 2, (text, args) => Part(text.Split(args[0]), args[1])),
        ["trim"] = (0, 1, (text, args) => args.Count == 0 ? text.Trim() : text.Trim(args[0].ToCharArray())),
        ["prepend"] = (1, 1, (text, args) => args[0] + text),
        ["append"] = (1, 1, (text, args) => text + args[0]),
        ["tolower"] = (0, 0, (text, _) => text.ToLowerInvariant()),
        ["toupper"] = (0, 0, (text, _) => text.ToUpperInvariant()),
        ["urldecode"] = (0, 0, (text, _) => WebUtility.UrlDecode(text)),
        ["htmldecode"] = (0, 0, (text, _) => WebUtility.HtmlDecode(text)),
        ["querystring"] = (1, 1, (text, args) => Parameter(text, args[0])),
        ["dateparse"] = (1, 2, (text, args) => Date(text, args[0], args.Count > 1 ? args[1] : "")),
    };

    /// <summary>Of all filters.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    public string? Apply(string text) => Known[Name].Do(text, Args);

    /// <summary>What is wrong with it; <see langword="null"/> when it can be used.</summary>
    public string? Problem()
    {
        if (!Known.TryGetValue(Name, out var known))
        {
            return $"there is no filter '{Name}'; there are {string.Join(", ", Known.Keys)}.";
        }

        if (Args.Count < known.Least || Args.Count > known.Most)
        {
            return $"'{Name}' takes {(known.Least == known.Most ? $"{known.Least}" : $"{known.Least} to {known.Most}")} args, not {Args.Count}.";
        }

        return Name switch
        {
            "regexp" or "re_replace" => SiteProfileCheck.PatternError(Args[0]),
            "replace" or "split" when Args[0].Length == 0 => $"'{Name}' needs a text to look for.",
            "split" when !int.TryParse(Args[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"'{Args[1]}' is no number of a part.",
            "dateparse" when Args.Count > 1 && !IsCulture(Args[1]) => $"'{Args[1]}' is no language such as de or en.",
            _ => null,
        };
    }

    private static string? Matched(string text, string pattern)
    {
        var match = Regex.Match(text, pattern, Field.PatternOptions);
        return match.Success ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : null;
    }

    /// <param name="place">From 0; negative ones count from the end.</param>
    private static string? Part(string[] parts, string place)
    {
        var index = int.Parse(place, CultureInfo.InvariantCulture);
        return parts.ElementAtOrDefault(index < 0 ? parts.Length + index : index);
    }

    private static string? Parameter(string address, string name)
    {
        var query = address.Contains('?', StringComparison.Ordinal) ? address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..] : address;
        return query.Split('#')[0].Split('&')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => WebUtility.UrlDecode(pair[0]) == name && pair.Length == 2)
            .Select(pair => WebUtility.UrlDecode(pair[1]))
            .FirstOrDefault();
    }

    /// <returns>As <c>2013-04-07</c>.</returns>
    private static string? Date(string text, string format, string culture) =>
        DateTime.TryParseExact(text, format, CultureInfo.GetCultureInfo(culture), DateTimeStyles.AllowWhiteSpaces, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    private static bool IsCulture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}

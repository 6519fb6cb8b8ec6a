using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using AniWorld.Services.Library;

namespace AniWorld.Services.Configuration;

/// <summary>Whether the values of a configuration are in range and fit together. Looks at no disk: a library may be away for a while.</summary>
internal static partial class ConfigRules
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<ConfigProblem> Check(AniWorldOptions options, DataFolder data)
    {
        var problems = CheckRanges(options);
        if (options.AnimeDirectory.Length > 0 && LibraryPlace.Forbidden(options.AnimeDirectory, data) is { } forbidden)
        {
            problems.Add(new("anime_directory", forbidden));
        }

        problems.AddRange(CheckNaming(options.Naming));
        problems.AddRange(LanguageRules.Check(options.Languages));
        problems.AddRange(ScheduleRules.Check(options.Scheduler));
        problems.AddRange(ScheduleRules.Check(options.Downloads));
        problems.AddRange(NetworkRules.Check(options.Network));
        problems.AddRange(NetworkRules.Check(options.Providers));
        problems.AddRange(NotificationRules.Check(options.Notifications));
        problems.AddRange(DatabaseRules.Check(options.Database));
        problems.AddRange(RedisRules.Check(options));
        return problems;
    }

    /// <summary>Each value by itself.</summary>
    public static List<ConfigProblem> CheckRanges(AniWorldOptions options)
    {
        var problems = new List<ConfigProblem>();
        CheckAttributes(options, ConfigShape.Whole, "", problems);
        return problems;
    }

    private static IEnumerable<ConfigProblem> CheckNaming(NamingOptions naming) =>
    [
        .. EpisodeNaming.Problems(naming.Folder, NamingTemplateKind.Folder).Select(problem => new ConfigProblem("naming.folder", problem)),
        .. EpisodeNaming.Problems(naming.Episode, NamingTemplateKind.Episode).Select(problem => new ConfigProblem("naming.episode", problem)),
        .. EpisodeNaming.Problems(naming.Special, NamingTemplateKind.Special).Select(problem => new ConfigProblem("naming.special", problem)),
    ];

    private static void CheckAttributes(object? value, ConfigShape shape, string path, List<ConfigProblem> problems)
    {
        switch (shape)
        {
            case ConfigShape.Group group when value is not null:
                foreach (var (name, member) in group.Members)
                {
                    var memberPath = path.Length == 0 ? name : $"{path}.{name}";
                    var memberValue = member.Property.GetValue(value);
                    problems.AddRange(member.Property.GetCustomAttributes(inherit: true).OfType<ValidationAttribute>()
                        .Where(rule => !Holds(rule, memberValue))
                        .Select(rule => new ConfigProblem(memberPath, Otherwise(rule))));
                    CheckAttributes(memberValue, member.Shape, memberPath, problems);
                }

                break;
            case ConfigShape.Items items when value is IEnumerable list:
                foreach (var (index, item) in list.Cast<object?>().Index())
                {
                    CheckAttributes(item, items.Item, $"{path}.{index}", problems);
                }

                break;
            case ConfigShape.Map map when value is IEnumerable entries:
                foreach (var (name, item) in Entries(entries))
                {
                    CheckAttributes(item, map.Entry, $"{path}.{name}", problems);
                }

                break;
        }
    }

    /// <summary>The entries of any dictionary, by reflection: here the type of their values is only known as a shape.</summary>
    private static IEnumerable<(string Name, object? Item)> Entries(IEnumerable dictionary) => dictionary.Cast<object>().Select(entry =>
        ((string)entry.GetType().GetProperty("Key")!.GetValue(entry)!, entry.GetType().GetProperty("Value")!.GetValue(entry)));

    /// <summary>As the attribute says, except where its own check is too kind: ranges round, and patterns let the empty text through.</summary>
    private static bool Holds(ValidationAttribute rule, object? value) => (rule, value) switch
    {
        (RangeAttribute range, not null) => Number(value) >= Number(range.Minimum) && Number(value) <= Number(range.Maximum),
        (RegularExpressionAttribute pattern, string text) =>
            Regex.IsMatch(text, $@"\A(?:{pattern.Pattern.TrimStart('^').TrimEnd('$')})\z", RegexOptions.CultureInvariant, PatternTime),
        _ => rule.IsValid(value),
    };

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static Sentence Otherwise(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => new Sentence("rule_between", range.Minimum, range.Maximum),
        RequiredAttribute => new Sentence("rule_not_empty"),
        MinLengthAttribute length => new Sentence("rule_at_least", length.Length),
        MaxLengthAttribute length => new Sentence("rule_at_most", length.Length),
        UrlAttribute => new Sentence("rule_address"),
        RegularExpressionAttribute pattern when Choice().Match(pattern.Pattern) is { Success: true } choice =>
            new Sentence("rule_choice", choice.Groups[1].Value.Replace("|", ", ", StringComparison.Ordinal)),
        RegularExpressionAttribute pattern when pattern.Pattern.Contains("[0-5][0-9]", StringComparison.Ordinal) =>
            new Sentence("rule_time_of_day"),
        RegularExpressionAttribute pattern => new Sentence("rule_form", pattern.Pattern),
        _ => new Sentence("rule_not_allowed"),
    };

    [GeneratedRegex(@"^\^\(([a-z_|]+)\)\$$")]
    private static partial Regex Choice();
}

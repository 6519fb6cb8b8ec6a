using System.Collections;

namespace AniWorld.Services.Configuration;

/// <summary>Arguments of the command line that are settings, such as <c>--downloads.parallel 4</c> or <c>--downloads:parallel=4</c>.</summary>
/// <param name="Settings">In their order, each name followed by its value.</param>
/// <param name="Others">All that is left, in its order.</param>
/// <param name="Problems">What looks like a setting and is none, a sentence each.</param>
public sealed record SettingArguments(string[] Settings, string[] Others, IReadOnlyList<string> Problems)
{
    private static readonly char[] Separators = ['.', ':'];

    /// <param name="hostSections">Sections of the host's own configuration, such as <c>Kestrel</c>, whose members are not looked into.</param>
    public static SettingArguments Split(IReadOnlyList<string> arguments, params IReadOnlyCollection<string> hostSections)
    {
        var (settings, others, problems) = (new List<string>(), new List<string>(), new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = NameOf(arguments[i]);
            if (name is null)
            {
                others.Add(arguments[i]);
                continue;
            }

            settings.Add(arguments[i]);
            if (!IsKnown(name) && !hostSections.Contains(name.Split(Separators)[0], StringComparer.OrdinalIgnoreCase))
            {
                problems.Add($"There is no setting {name}.");
            }

            if (arguments[i].Contains('='))
            {
                continue;
            }

            if (++i < arguments.Count)
            {
                settings.Add(arguments[i]);
            }
            else
            {
                problems.Add($"The setting {name} needs a value.");
            }
        }

        return new([.. settings], [.. others], problems);
    }

    /// <summary>What these, the environment and the defaults make, for a command that needs no data folder.</summary>
    /// <exception cref="InvalidConfigurationException">A value is not one of its setting.</exception>
    public AniWorldOptions ToOptions() => ToOptions(Environment.GetEnvironmentVariables());

    internal AniWorldOptions ToOptions(IDictionary environment)
    {
        if (Settings.Length == 0 && !environment.Keys.Cast<string>().Any(ConfigLayer.IsSetting))
        {
            return new AniWorldOptions();
        }

        var merged = MergePatch.Apply(ConfigLayer.FromEnvironment(environment, []), ConfigLayer.FromCommandLine(Settings));
        IReadOnlyList<ConfigProblem> problems = ConfigCheck.Effective(merged);
        var options = problems.Count == 0 ? ConfigJson.ToOptions(merged) : new AniWorldOptions();
        problems = problems.Count == 0 ? ConfigRules.CheckRanges(options) : problems;
        return problems.Count == 0 ? options : throw new InvalidConfigurationException(problems);
    }

    /// <summary>A setting's name has parts; <c>anime_directory</c> alone has none.</summary>
    private static string? NameOf(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return null;
        }

        var name = argument[2..].Split('=', 2)[0];
        return name.IndexOfAny(Separators) > 0 || name == "anime_directory" ? name : null;
    }

    private static bool IsKnown(string name)
    {
        ConfigShape? shape = ConfigShape.Whole;
        foreach (var part in name.Split(Separators))
        {
            shape = shape switch
            {
                ConfigShape.Group group => group.Members.GetValueOrDefault(part)?.Shape,
                ConfigShape.Map map => map.Entry,
                ConfigShape.Items items when int.TryParse(part, out _) => items.Item,
                _ => null,
            };
        }

        return shape is ConfigShape.Value;
    }
}

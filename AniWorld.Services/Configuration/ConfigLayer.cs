using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace AniWorld.Services.Configuration;

/// <summary>
/// What one source of texts (appsettings.json, environment, command line) sets, in the shape of <c>config.json</c>. A text that is
/// no value of its member's type stays a text, for <see cref="ConfigCheck"/> to name.
/// </summary>
internal static class ConfigLayer
{
    private const string EnvironmentPrefix = "ANIWORLD__";

    /// <summary>Whether a variable of the environment is for us.</summary>
    public static bool IsSetting(string variable) => variable.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The members of a host's configuration that are ours; it has others.</summary>
    public static JsonObject FromHost(IConfiguration host) => (JsonObject)Read(host, ConfigShape.Whole)!;

    /// <param name="variables">Of the process; those such as <c>ANIWORLD__DOWNLOADS__PARALLEL</c> are for us.</param>
    /// <param name="unknown">Receives the paths of variables that set nothing.</param>
    public static JsonObject FromEnvironment(IDictionary variables, ICollection<string> unknown)
    {
        var ours = variables.Keys.Cast<string>()
            .Select(name => (Name: name, Value: (string?)variables[name]))
            .Where(variable => IsSetting(variable.Name))
            .DistinctBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(variable => variable.Name[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), variable => variable.Value);
        var source = new ConfigurationBuilder().AddInMemoryCollection(ours).Build();
        FindUnknown(source, ConfigShape.Whole, "", unknown);
        return FromHost(source);
    }

    /// <summary>Of arguments such as <c>--downloads.parallel 4</c> or <c>--downloads:parallel=4</c>; all others are not for us.</summary>
    public static JsonObject FromCommandLine(string[] arguments)
    {
        var values = new Dictionary<string, string?>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = arguments[i][2..].Split('=', 2);
            var key = parts[0].Replace('.', ':');
            if (ConfigShape.Whole.Members.ContainsKey(key.Split(':')[0]) && (parts.Length == 2 || i + 1 < arguments.Length))
            {
                values[key] = parts.Length == 2 ? parts[1] : arguments[++i];
            }
        }

        return FromHost(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }

    private static JsonNode? Read(IConfiguration source, ConfigShape shape) => shape switch
    {
        ConfigShape.Group group => ReadMembers(group.Members.Select(member => (member.Key, source.GetSection(member.Key), member.Value.Shape))),
        ConfigShape.Map map => ReadMembers(source.GetChildren().Select(child => (NameOf(child), child, map.Entry))),
        ConfigShape.Items items => new JsonArray([.. source.GetChildren().OrderBy(Index).Select(item => Read(item, items.Item))]),
        ConfigShape.Value value => ReadValue(((IConfigurationSection)source).Value, value),
        _ => null,
    };

    private static JsonObject ReadMembers(IEnumerable<(string Name, IConfigurationSection Section, ConfigShape Shape)> members)
    {
        var result = new JsonObject();
        foreach (var (name, section, shape) in members)
        {
            if (shape is ConfigShape.Value ? section.Value is not null : section.GetChildren().Any())
            {
                result[name] = Read(section, shape);
            }
        }

        return result;
    }

    private static JsonValue? ReadValue(string? text, ConfigShape.Value value)
    {
        var invariant = CultureInfo.InvariantCulture;
        return text switch
        {
            null => null,
            "" when value.IsNullable || value.Type != typeof(string) => null,
            _ when value.Type == typeof(bool) && bool.TryParse(text, out var on) => JsonValue.Create(on),
            _ when value.Type == typeof(double) && double.TryParse(text, NumberStyles.Float, invariant, out var number)
                && double.IsFinite(number) => JsonValue.Create(number),
            _ when (value.Type == typeof(int) || value.Type == typeof(long))
                && long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var whole) => JsonValue.Create(whole),
            _ => JsonValue.Create(text),
        };
    }

    private static void FindUnknown(IConfiguration source, ConfigShape shape, string path, ICollection<string> unknown)
    {
        foreach (var child in source.GetChildren())
        {
            var childPath = path + NameOf(child);
            var known = shape switch
            {
                ConfigShape.Group group => group.Members.GetValueOrDefault(NameOf(child))?.Shape,
                ConfigShape.Map map => map.Entry,
                ConfigShape.Items items when int.TryParse(child.Key, out _) => items.Item,
                _ => null,
            };
            if (known is null || (child.Value is not null && known is not ConfigShape.Value))
            {
                unknown.Add(childPath);
            }
            else
            {
                FindUnknown(child, known, childPath + ".", unknown);
            }
        }
    }

    /// <summary>Environment variables are often in capitals; every name of ours is in small letters.</summary>
    private static string NameOf(IConfigurationSection section) => section.Key.ToLowerInvariant();

    private static int Index(IConfigurationSection item) =>
        int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : int.MaxValue;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>The profiles: those that AniWorld brings, and the user's own in <c>data/providers/</c>.</summary>
internal sealed partial class SiteProfileFiles(DataFolder data, ILogger<SiteProfileFiles> logger)
{
    /// <summary>Larger than any profile, in bytes.</summary>
    private const int LargestFile = 1 << 20;

    private const string Suffix = ".json";

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    private static readonly Lazy<IReadOnlyList<SiteProfile>> BuiltIn = new(() => [.. ReadBuiltIn()]);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Text, SiteProfile Profile)> _good = [];

    /// <summary>
    /// A user's profile replaces AniWorld's of the same name. A broken one is logged and listed; what the file held before, while it was
    /// in order, stays in use. A file that has not changed gives the same object again.
    /// </summary>
    public LoadedProfiles Load()
    {
        lock (_gate)
        {
            var profiles = BuiltIn.Value.ToDictionary(profile => profile.Name);
            var broken = new List<BrokenProfile>();
            var own = new Dictionary<string, string>();
            var paths = UserFiles().ToList();
            foreach (var path in paths)
            {
                if (Use(path, broken) is not { } profile)
                {
                    continue;
                }

                if (own.TryAdd(profile.Name, path))
                {
                    profiles[profile.Name] = profile;
                }
                else
                {
                    LeaveOut(new(path, $"name: {Path.GetFileName(own[profile.Name])} is called '{profile.Name}', too; give each its own.", KeepsOld: false), broken);
                }
            }

            foreach (var gone in _good.Keys.Except(paths).ToList())
            {
                _good.Remove(gone);
            }

            return new LoadedProfiles([.. profiles.Values], broken);
        }
    }

    private SiteProfile? Use(string path, List<BrokenProfile> broken)
    {
        var known = _good.TryGetValue(path, out var before);
        try
        {
            var text = TextOf(path);
            if (!known || before.Text != text)
            {
                _good[path] = before = (text, Read(text));
            }

            return before.Profile;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LeaveOut(new(path, e.Message, KeepsOld: known), broken);
            return known ? before.Profile : null;
        }
    }

    private void LeaveOut(BrokenProfile profile, List<BrokenProfile> broken)
    {
        logger.LogWarning("The site profile {Path} cannot be used (what it held before stays: {KeepsOld}): {Reason}", profile.Path, profile.KeepsOld, profile.Reason);
        broken.Add(profile);
    }

    /// <exception cref="InvalidDataException">The text is no valid profile; the message names the member.</exception>
    public static SiteProfile Read(string json)
    {
        var profile = Parse(json);
        var errors = SiteProfileCheck.Errors(profile).ToList();
        return errors.Count == 0 ? profile : throw new InvalidDataException(string.Join(' ', errors));
    }

    private static SiteProfile Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SiteProfile>(json, Strict) ?? throw new InvalidDataException("The file holds null, not a profile.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{MemberOf(e)}: {ReasonOf(e)}", e);
        }
    }

    /// <summary>Without the names of types, which say nothing to who writes a profile.</summary>
    private static string ReasonOf(JsonException e)
    {
        var reason = e.Message.Split(" Path: ")[0];
        return Missing().Match(reason) is { Success: true } missing ? $"these members are missing: {missing.Groups["members"].Value}"
            : Unknown().Match(reason) is { Success: true } unknown ? $"there is no member {unknown.Groups["member"].Value}; look for a slip of the pen."
            : Unfit().IsMatch(reason) ? "the value is not of the kind that belongs here; compare it with the JSON schema."
            : reason;
    }

    [GeneratedRegex("^JSON deserialization for type '.*' was missing required properties including: (?<members>.*)$", RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON property (?<member>'.*') could not be mapped to any .NET member")]
    private static partial Regex Unknown();

    [GeneratedRegex("^The JSON value could not be converted to ")]
    private static partial Regex Unfit();

    private static string MemberOf(JsonException e) =>
        e.Path is { Length: > 2 } path ? path[2..] : e.LineNumber is { } line ? $"line {line + 1}" : "the file";

    /// <summary>Without checking them, which takes longer than all else at a start; a test does that.</summary>
    private static IEnumerable<SiteProfile> ReadBuiltIn()
    {
        var assembly = typeof(SiteProfileFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsProfile))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return Parse(reader.ReadToEnd());
        }
    }

    private static bool IsProfile(string name) =>
        name.StartsWith(typeof(SiteProfileFiles).Namespace!, StringComparison.Ordinal) && HoldsProfile(name);

    /// <summary>A schema may lie beside the profiles.</summary>
    private static bool HoldsProfile(string file) =>
        file.EndsWith(Suffix, StringComparison.Ordinal) && !file.EndsWith(".schema" + Suffix, StringComparison.Ordinal);

    private IEnumerable<string> UserFiles() => Directory.Exists(data.Providers)
        ? Directory.EnumerateFiles(data.Providers).Where(HoldsProfile).Order(StringComparer.Ordinal)
        : [];

    private static string TextOf(string path) => new FileInfo(path).Length <= LargestFile
        ? File.ReadAllText(path)
        : throw new InvalidDataException($"the file: it is larger than {LargestFile} bytes.");
}

/// <param name="Broken">User files that cannot be used.</param>
internal sealed record LoadedProfiles(IReadOnlyList<SiteProfile> Profiles, IReadOnlyList<BrokenProfile> Broken);

/// <summary>A profile file that could not be used.</summary>
/// <param name="Reason">Names the member and what is wrong with it.</param>
/// <param name="KeepsOld">Whether what the file held before stays in use.</param>
public sealed record BrokenProfile(string Path, string Reason, bool KeepsOld = false);

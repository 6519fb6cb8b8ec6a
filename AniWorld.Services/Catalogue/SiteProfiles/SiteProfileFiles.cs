using System.Text.Json;
using System.Text.Json.Serialization;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>The profiles: those that AniWorld brings, and the user's own in <c>data/providers/</c>.</summary>
internal sealed class SiteProfileFiles(DataFolder data, ILogger<SiteProfileFiles> logger)
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

    /// <summary>A user's profile replaces AniWorld's of the same name; a broken one is left out, logged and listed.</summary>
    public LoadedProfiles Load()
    {
        var profiles = BuiltIn().ToDictionary(profile => profile.Name);
        var broken = new List<BrokenProfile>();
        foreach (var path in UserFiles())
        {
            try
            {
                var profile = ReadFile(path);
                profiles[profile.Name] = profile;
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("Left out the site profile {Path}: {Reason}", path, e.Message);
                broken.Add(new BrokenProfile(path, e.Message));
            }
        }

        return new LoadedProfiles([.. profiles.Values], broken);
    }

    /// <exception cref="InvalidDataException">The text is no valid profile; the message names the member.</exception>
    public static SiteProfile Read(string json)
    {
        SiteProfile profile;
        try
        {
            profile = JsonSerializer.Deserialize<SiteProfile>(json, Strict) ?? throw new InvalidDataException("The file holds null, not a profile.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{MemberOf(e)}: {e.Message.Split(" Path: ")[0]}", e);
        }

        var errors = SiteProfileCheck.Errors(profile).ToList();
        return errors.Count == 0 ? profile : throw new InvalidDataException(string.Join(' ', errors));
    }

    private static string MemberOf(JsonException e) =>
        e.Path is { Length: > 2 } path ? path[2..] : e.LineNumber is { } line ? $"line {line + 1}" : "the file";

    private static IEnumerable<SiteProfile> BuiltIn()
    {
        var assembly = typeof(SiteProfileFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsProfile))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return Read(reader.ReadToEnd());
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

    private static SiteProfile ReadFile(string path) => new FileInfo(path).Length <= LargestFile
        ? Read(File.ReadAllText(path))
        : throw new InvalidDataException($"the file: it is larger than {LargestFile} bytes.");
}

/// <param name="Broken">User files that were left out.</param>
internal sealed record LoadedProfiles(IReadOnlyList<SiteProfile> Profiles, IReadOnlyList<BrokenProfile> Broken);

/// <summary>A profile file that could not be used.</summary>
/// <param name="Reason">Names the member and what is wrong with it.</param>
public sealed record BrokenProfile(string Path, string Reason);

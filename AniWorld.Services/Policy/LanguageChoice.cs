using AniWorld.Data.Library;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Policy;

/// <summary>Which language of an episode is wanted.</summary>
public static class LanguageChoice
{
    /// <summary>The profile called <paramref name="name"/>, else the configured default, else the built-in one.</summary>
    public static LanguageProfile ProfileOf(LanguageOptions options, string? name) =>
        options.Profiles.FirstOrDefault(p => p.Name == name)
        ?? options.Profiles.FirstOrDefault(p => p.Name == options.DefaultProfile)
        ?? LanguageProfile.Default;

    /// <returns>The profile's first language that is offered; <see langword="null"/> when none of them is.</returns>
    public static Language? Best(LanguageProfile profile, IReadOnlyCollection<Language> offered)
    {
        foreach (var code in profile.Order)
        {
            if (Language.TryParse(code, out var wanted) && offered.Contains(wanted))
            {
                return wanted;
            }
        }

        return null;
    }
}

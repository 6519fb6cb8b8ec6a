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

    /// <summary>A language's place in the profile, from 0 for the best; the highest number for those that are not in it.</summary>
    public static int Rank(LanguageProfile profile, Language language) => Rank(profile, language.Code);

    /// <summary>The place of the best of <paramref name="languages"/>.</summary>
    public static int Rank(LanguageProfile profile, IReadOnlyCollection<Language> languages)
    {
        var best = int.MaxValue;
        foreach (var language in languages)
        {
            best = Math.Min(best, Rank(profile, language.Code));
        }

        return best;
    }

    /// <summary>Where the profile stops looking for something better.</summary>
    public static int CutoffRank(LanguageProfile profile) => Rank(profile, profile.Cutoff);

    /// <summary>The languages that count as good enough, <c>unknown</c> among them: nothing better is looked for beside them.</summary>
    public static IReadOnlyList<Language> GoodEnough(LanguageProfile profile) =>
        [.. profile.Order.Take(CutoffRank(profile) is var last && last < int.MaxValue ? last + 1 : int.MaxValue).Select(Language.Parse), Language.Unknown];

    private static int Rank(LanguageProfile profile, string code)
    {
        for (var i = 0; i < profile.Order.Count; i++)
        {
            if (profile.Order[i] == code)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}

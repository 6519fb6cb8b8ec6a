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

    /// <summary>Whether <paramref name="offered"/> has a language that the profile prefers to all of <paramref name="held"/>.</summary>
    /// <remarks>
    /// Never when the cut-off is reached, which an unknown language counts as: a library that is there already is not fetched again by itself.
    /// </remarks>
    public static bool IsUpgradable(LanguageProfile profile, IReadOnlyCollection<Language> held, IReadOnlyCollection<Language> offered)
    {
        if (held.Count == 0 || held.Contains(Language.Unknown) || Best(profile, offered) is not { } better)
        {
            return false;
        }

        var order = profile.Order.ToList();
        var have = held.Min(l => Rank(order, l.Code));
        return have > Rank(order, profile.Cutoff) && Rank(order, better.Code) < have;
    }

    private static int Rank(List<string> order, string code) => order.IndexOf(code) is >= 0 and var rank ? rank : int.MaxValue;
}

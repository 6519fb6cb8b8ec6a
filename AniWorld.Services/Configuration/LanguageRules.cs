using AniWorld.Data.Library;

namespace AniWorld.Services.Configuration;

/// <summary>Language profiles: one name each, languages that exist, a cut-off that can be reached.</summary>
internal static class LanguageRules
{
    public static IEnumerable<ConfigProblem> Check(LanguageOptions languages)
    {
        var profiles = languages.Profiles.Count > 0 ? languages.Profiles : [LanguageProfile.Default];
        for (var i = 0; i < profiles.Count; i++)
        {
            foreach (var problem in Check(profiles[i], $"languages.profiles.{i}"))
            {
                yield return problem;
            }

            if (profiles.Take(i).Any(earlier => earlier.Name == profiles[i].Name))
            {
                yield return new($"languages.profiles.{i}.name", new Sentence("profile_name_taken"));
            }
        }

        if (profiles.All(profile => profile.Name != languages.DefaultProfile))
        {
            yield return new("languages.default_profile", new Sentence("profile_unknown"));
        }
    }

    private static IEnumerable<ConfigProblem> Check(LanguageProfile profile, string path)
    {
        for (var i = 0; i < profile.Order.Count; i++)
        {
            if (!Language.TryParse(profile.Order[i], out _))
            {
                yield return new($"{path}.order.{i}", new Sentence("language_unknown"));
            }
            else if (profile.Order.Take(i).Contains(profile.Order[i]))
            {
                yield return new($"{path}.order.{i}", new Sentence("language_twice"));
            }
        }

        if (!profile.Order.Contains(profile.Cutoff))
        {
            yield return new($"{path}.cutoff", new Sentence("cutoff_unknown"));
        }
    }
}

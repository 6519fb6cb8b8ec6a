using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Library;

/// <summary>Files of which nobody said yet what they are heard and read in.</summary>
internal static class UnknownLanguage
{
    private static readonly Language[] Known = [Language.DeDub, Language.EnDub, Language.DeSub, Language.EnSub, Language.Ja];

    /// <summary>What can be said of them: the profile's languages, the best first, then the others that are known.</summary>
    public static IReadOnlyList<Language> Choices(LanguageProfile profile) =>
        [.. profile.Order.Select(Language.Parse).Concat(Known).Where(language => language != Language.Unknown).Distinct()];

    public static bool IsOf(EpisodeView episode) => episode.Files.Any(file => file.Language == Language.Unknown);

    /// <summary>A double episode's file is one.</summary>
    public static int Count(IEnumerable<EpisodeView> episodes) => episodes.SelectMany(episode => episode.Files)
        .Where(file => file.Language == Language.Unknown)
        .Select(file => file.Path)
        .Distinct()
        .Count();
}

using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Library;

/// <summary>What of an episode is there in each language, as the coverage grid shows it.</summary>
public static class Coverage
{
    private static readonly HashSet<string> InQueue = [DecisionCode.Queued, DecisionCode.Retrying];
    private static readonly HashSet<string> SetAside = [DecisionCode.Ignored, DecisionCode.Removed, DecisionCode.Cancelled];

    /// <summary>The legend leaves out what an empty cell says.</summary>
    public static IReadOnlyList<CoverageState> Legend { get; } = [.. Enum.GetValues<CoverageState>().Where(state => state is not CoverageState.None)];

    public static CoverageState Of(EpisodeView episode, Language language)
    {
        if (episode.Files.FirstOrDefault(file => file.Language == language) is { } file)
        {
            return file.Problem is null ? CoverageState.Have : CoverageState.Damaged;
        }

        if (InQueue.Contains(episode.Decision.Code) && QueuedIn(episode) == language.Code)
        {
            return CoverageState.Queued;
        }

        if (!episode.Available.Contains(language))
        {
            return CoverageState.None;
        }

        if (!episode.IsDownloaded && SetAside.Contains(episode.Decision.Code))
        {
            return CoverageState.Ignored;
        }

        return episode.Wanted == language ? OfWanted(episode) : CoverageState.Available;
    }

    /// <summary>Whether a click can queue it.</summary>
    public static bool CanFetch(CoverageState state) => state is CoverageState.Wanted or CoverageState.Upgradable or CoverageState.Waiting
        or CoverageState.Failed or CoverageState.Available or CoverageState.Ignored;

    /// <summary>All that is wanted, offered or on disk, in the profile's order; the same for every season of a series.</summary>
    public static IReadOnlyList<Language> Languages(IEnumerable<EpisodeView> episodes, LanguageProfile profile) =>
    [
        .. profile.Order.Select(Language.Parse)
            .Concat(episodes.SelectMany(episode => episode.Available.Concat(episode.Files.Select(file => file.Language))))
            .Distinct()
            .OrderBy(language => LanguageChoice.Rank(profile, language))
            .ThenBy(language => language.Code, StringComparer.Ordinal),
    ];

    private static string? QueuedIn(EpisodeView episode) => episode.Decision.Arguments.FirstOrDefault(argument => argument.Name == "language").Value;

    private static CoverageState OfWanted(EpisodeView episode) => episode.Decision.Code switch
    {
        DecisionCode.Missing => CoverageState.Wanted,
        DecisionCode.Upgrade or DecisionCode.UpgradeBeside => CoverageState.Upgradable,
        DecisionCode.Waiting or DecisionCode.UpgradeWaiting => CoverageState.Waiting,
        DecisionCode.Failed or DecisionCode.FailedForNow => CoverageState.Failed,
        DecisionCode.Cancelled => CoverageState.Ignored,
        _ => CoverageState.Available,
    };
}

using AniWorld.Data.Library;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;

namespace AniWorld.Services.Policy;

/// <summary>An episode in the list over the whole library.</summary>
/// <param name="Since">When it could first have been had, or was removed; <see langword="null"/> when that is not known.</param>
public sealed record MissingEpisode(string Key, string Name, DateTimeOffset? Since, EpisodeView Episode)
{
    public EpisodeKey Id => new(Key, Episode.Season, Episode.Number);
}

public sealed record MissingResult(IReadOnlyList<MissingEpisode> Items, int Total);

/// <summary>How many there are of each kind, and what those of one kind can be filtered by, in a sensible order.</summary>
/// <param name="Seasons">Of the one series that was asked for; empty when all were.</param>
public sealed record MissingChoices(
    IReadOnlyDictionary<MissingKind, int> Counts, IReadOnlyList<Language> Languages, IReadOnlyList<string> Reasons, IReadOnlyList<int> Seasons);

/// <summary>What came of fetching many.</summary>
public sealed record FetchResult(int Added, IReadOnlyList<SkippedEpisode> Skipped);

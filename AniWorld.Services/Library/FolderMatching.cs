using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>Asks the catalogues which series a folder is for.</summary>
public sealed class FolderMatching(AnimeService anime)
{
    /// <summary>So many are worth showing.</summary>
    private const int Most = 8;

    /// <summary>What another year takes from the likeness of two names.</summary>
    private const double OtherYear = 0.8;

    /// <param name="folder">Its name.</param>
    /// <param name="query">What to search for instead of what the name tells.</param>
    /// <returns>The best first; empty when the catalogues have nothing like it, <see langword="null"/> when none is switched on.</returns>
    /// <exception cref="FaultException">No catalogue answered.</exception>
    public async Task<IReadOnlyList<FolderCandidate>?> FindAsync(string folder, string? query = null, CancellationToken cancellationToken = default)
    {
        var guess = FolderGuess.From(folder);
        foreach (var text in query is null ? Queries(guess.Name) : [query])
        {
            var found = await anime.SearchAsync(text, cancellationToken: cancellationToken);
            if (!found.Answered)
            {
                return found.Faults.Count > 0 ? throw new FaultException(FaultCode.Refused, Sentence.Join(found.Faults)) : null;
            }

            if (found.Hits.Count > 0)
            {
                return [.. found.Hits.Select(hit => new FolderCandidate(hit, Score(guess, hit))).OrderByDescending(candidate => candidate.Score).Take(Most)];
            }
        }

        return [];
    }

    /// <summary>The whole name; where that finds nothing, what stands before a colon or a dash.</summary>
    private static IEnumerable<string> Queries(string name)
    {
        yield return name;
        if (name.IndexOfAny([':', '–']) is > 1 and var end || (end = name.IndexOf(" - ", StringComparison.Ordinal)) > 1)
        {
            yield return name[..end].Trim();
        }
    }

    private static double Score(FolderGuess guess, FoundSeries hit) => TitleMatch.Score(guess.Name, hit.Hit.Name)
        * (guess.Year is { } year && hit.Hit.Year is { } other && Math.Abs(year - other) > 1 ? OtherYear : 1);
}

/// <summary>A series that a folder may be for.</summary>
/// <param name="Score">0 to 1: how alike the names are; less when the years differ.</param>
public sealed record FolderCandidate(FoundSeries Series, double Score)
{
    public string Link => Series.Hit.Link.AbsoluteUri;

    public bool IsSure => Score >= TitleMatch.Same;
}

using System.Runtime.CompilerServices;
using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Diagnosis;

/// <summary>One site profile: its file, the pages that were saved for it, and the site itself.</summary>
internal sealed class ProfileCheck(
    SiteProfileFiles files, ProviderRegistry providers, SavedPageCheck pages, DatabasePlace place, IDbContextFactory<AniWorldDbContext> databases)
{
    private readonly Lazy<LoadedProfiles> _loaded = new(files.Load);

    public IReadOnlyList<string> Names =>
        [.. _loaded.Value.Profiles.Select(profile => profile.Name), .. _loaded.Value.Broken.Select(broken => Path.GetFileNameWithoutExtension(broken.Path))];

    public async IAsyncEnumerable<Finding> ExamineAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var broken in _loaded.Value.Broken.Where(broken => Path.GetFileNameWithoutExtension(broken.Path) == name))
        {
            yield return Finding.Error(name, $"{broken.Path} cannot be used: {broken.Reason}");
        }

        if (_loaded.Value.Profiles.FirstOrDefault(profile => profile.Name == name) is not { } profile)
        {
            yield break;
        }

        yield return Finding.Ok(name, "The profile is valid.");
        await foreach (var finding in pages.ExamineAsync(profile, cancellationToken))
        {
            yield return finding;
        }

        if (providers.ByName(name) is not { } provider)
        {
            yield return Finding.Ok(name, "It is switched off, so the site itself is not asked.");
            yield break;
        }

        await foreach (var finding in AskAsync(provider, cancellationToken))
        {
            yield return finding;
        }
    }

    /// <summary>As a user would: a search, a series, the links of an episode.</summary>
    private async IAsyncEnumerable<Finding> AskAsync(ISeriesProvider provider, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = await KnownAsync(provider.Name, cancellationToken);
        var query = known?.Name ?? "die";
        IReadOnlyList<SearchHit> hits = [];
        yield return await TryAsync($"search for '{query}'", async () =>
        {
            hits = await provider.SearchAsync(query, cancellationToken);
            return hits.Count > 0 ? $"{hits.Count} series" : null;
        });

        if ((known?.Key ?? (hits.Count > 0 ? hits[0].Key : null)) is not { } key)
        {
            yield break;
        }

        CatalogueSeries? series = null;
        yield return await TryAsync($"series '{key}'", async () =>
        {
            series = await provider.GetSeriesAsync(key, cancellationToken);
            return series is { Episodes.Count: > 0 } ? $"{series.Name}, {series.Episodes.Count} episodes" : null;
        });

        if (series?.Episodes.FirstOrDefault(episode => episode.Languages.Count > 0) is { } offered)
        {
            var episode = new EpisodeKey(key, offered.Season, offered.Number);
            yield return await TryAsync($"links of '{key}' {new EpisodeNumber(offered.Season, offered.Number)}", async () =>
            {
                var links = await provider.GetHosterLinksAsync(episode, cancellationToken);
                return links.Count > 0 ? $"{links.Count} links" : null;
            });
        }
    }

    /// <param name="look">Says what was found; <see langword="null"/> for nothing.</param>
    private static async Task<Finding> TryAsync(string what, Func<Task<string?>> look)
    {
        try
        {
            return await look() is { } found
                ? Finding.Ok(what, $"{found}.")
                : Finding.Error(what, "The site answered, but nothing was found in its page; its profile needs an update.");
        }
        catch (FaultException fault)
        {
            return Finding.Error(what, fault.Text);
        }
    }

    private async Task<(string Key, string Name)?> KnownAsync(string provider, CancellationToken cancellationToken)
    {
        if (!place.IsThere)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.Series.Where(series => series.Provider == provider).OrderBy(series => series.Id)
            .Select(series => new { series.Key, series.Name }).FirstOrDefaultAsync(cancellationToken);
        return known is null ? null : (known.Key, known.Name);
    }
}

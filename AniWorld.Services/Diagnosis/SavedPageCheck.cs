using System.Runtime.CompilerServices;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Diagnosis;

/// <summary>
/// Whether a profile reads pages that its author saved in <c>data/providers/pages/NAME/</c>: <c>search.json</c>, <c>series.html</c>,
/// <c>season.html</c> (the first one), <c>films.html</c> and <c>episode.html</c>, each if it is there; for a profile that AniWorld brings
/// also the ones that come along.
/// </summary>
internal sealed class SavedPageCheck(DataFolder data, PageParser parser, IOptionsMonitor<AniWorldOptions> options)
{
    private const string AnyKey = "saved-page";

    public async IAsyncEnumerable<Finding> ExamineAsync(SiteProfile profile, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var site = new SiteAddresses(profile, () => new Uri(profile.BaseUrls[0]));
        var folder = Path.Combine(data.Providers, "pages", profile.Name);
        foreach (var name in new[] { "search.json", "series.html", "season.html", "films.html", "episode.html" })
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                yield return await LookAsync(path, name, profile, site, cancellationToken);
            }
            else if (BroughtPage(profile, name) is { } text)
            {
                yield return await ReadAsync($"saved {name}", text, name, profile, site, cancellationToken);
            }
        }
    }

    private async Task<Finding> LookAsync(string path, string name, SiteProfile profile, SiteAddresses site, CancellationToken cancellationToken)
    {
        try
        {
            var largest = options.CurrentValue.Limits.PageBytes;
            if (new FileInfo(path).Length > largest)
            {
                return Finding.Error(path, $"It is larger than limits.page_bytes ({largest}), so that it would be refused from the site, too.");
            }

            return await ReadAsync(path, await File.ReadAllTextAsync(path, cancellationToken), name, profile, site, cancellationToken);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return Finding.Error(path, e.Message);
        }
    }

    private async Task<Finding> ReadAsync(
        string subject, string text, string name, SiteProfile profile, SiteAddresses site, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(text, name, profile, site, cancellationToken) is { } found
                ? Finding.Ok(subject, found)
                : Finding.Error(subject, "The profile finds nothing in it; correct its selectors.");
        }
        catch (FaultException fault)
        {
            return Finding.Error(subject, fault.Text);
        }
    }

    /// <summary>A page that comes along with the profile; none for one of the user's, which may be for another state of the site.</summary>
    private string? BroughtPage(SiteProfile profile, string name)
    {
        if (Directory.Exists(data.Providers) && Directory.EnumerateFiles(data.Providers, "*.json").Any())
        {
            return null;
        }

        using var stream = typeof(SavedPageCheck).Assembly.GetManifestResourceStream($"pages/{profile.Name}/{name}");
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }

    /// <returns>What was read; <see langword="null"/> for nothing.</returns>
    private async Task<string?> ReadAsync(string text, string name, SiteProfile profile, SiteAddresses site, CancellationToken cancellationToken)
    {
        if (name == "search.json")
        {
            var hits = new SearchDocument(text, site.Search(AnyKey), profile.Search, site, profile.Site).Hits;
            return hits.Count > 0 ? $"{hits.Count} hits, the first is {hits[0].Name}." : null;
        }

        var address = AddressOf(name, site);
        using var document = await parser.ParseAsync(text, address, cancellationToken);
        switch (name)
        {
            case "series.html":
                var series = new SeriesDocument(document, address, profile.Series, site);
                return $"{series.Title}, {series.Seasons.Count} seasons.";
            case "episode.html":
                var offers = new EpisodeDocument(document, address, profile).Offers;
                return offers.Count > 0 ? $"{offers.Count} links." : null;
            default:
                var episodes = new SeasonDocument(document, address, name == "films.html" ? 0 : 1, profile, site).Episodes;
                return episodes.Count > 0 ? $"{episodes.Count} episodes." : null;
        }
    }

    private static Uri AddressOf(string name, SiteAddresses site) => name switch
    {
        "season.html" => site.Season(AnyKey, 1),
        "films.html" => site.Season(AnyKey, 0),
        "episode.html" => site.Episode(new EpisodeKey(AnyKey, 1, 1)),
        _ => null,
    } ?? site.Series(AnyKey);
}

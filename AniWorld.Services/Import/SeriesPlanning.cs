using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;

namespace AniWorld.Services.Import;

/// <summary>Compares the old series with those that are here.</summary>
internal sealed class SeriesPlanning(ProviderRegistry providers, LibraryAccess library)
{
    private const string DefaultProvider = "aniworld";
    private const int LongestDescription = 5_000;

    /// <param name="known">Those here, removed ones among them, with all their episodes' numbers.</param>
    public (List<ImportedSeries> Series, int Known) Plan(OldInstallation old, string? videos, IReadOnlyList<KnownSeries> known)
    {
        var series = new List<ImportedSeries>();
        var byKey = known.GroupBy(one => one.Key).ToDictionary(same => same.Key, same => same.OrderBy(one => one.IsRemoved).First());
        var taken = known.Where(one => !one.IsRemoved).Select(one => one.Folder).ToHashSet(FolderNameComparer.Instance);
        var count = 0;
        foreach (var one in old.Series.Values)
        {
            if (!byKey.TryGetValue(one.Key, out var here))
            {
                var added = New(old, one, videos, taken);
                taken.Add(added.Folder);
                series.Add(added);
            }
            else if (here.IsRemoved)
            {
                old.Remarks.Add(new Sentence("import_removed_here", one.Key));
            }
            else
            {
                count++;
                var further = EpisodesOf(one).Where(episode => !here.Episodes.Contains(episode.Number)).ToList();
                if (further.Count > 0)
                {
                    series.Add(New(old, one, videos, []) with { IsNew = false, Folder = here.Folder, Episodes = further });
                }
            }
        }

        return (series, count);
    }

    private ImportedSeries New(OldInstallation old, OldSeries one, string? videos, HashSet<string> taken)
    {
        var name = OldValues.Text(one.Name) ?? one.Key;
        var host = HostOf(one.Site);
        var provider = providers.All.FirstOrDefault(provider => host is not null && SameHost(provider.Site, host))
            ?? (host is null ? providers.All.FirstOrDefault(provider => provider.Name == DefaultProvider) : null);
        if (provider is null && host is not null)
        {
            old.Remarks.Add(new Sentence("import_no_profile", one.Key, OldValues.Shown(host)));
        }

        return new ImportedSeries
        {
            IsNew = true,
            Key = one.Key,
            Name = name,
            Site = provider?.Site ?? host ?? DefaultProvider,
            Folder = FolderOf(old, one, name, videos, taken),
            Link = OldValues.Web(one.Link)?.AbsoluteUri ?? provider?.LinkOf(one.Key).AbsoluteUri ?? $"https://{host ?? "aniworld.invalid"}/",
            Provider = provider?.Name ?? DefaultProvider,
            Year = one.Year,
            Description = OldValues.Text(one.Description, LongestDescription),
            Cover = OldValues.Web(one.Cover)?.AbsoluteUri,
            Monitored = one.Monitored,
            AutoDownload = one.AutoDownload,
            Episodes = EpisodesOf(one),
        };
    }

    /// <summary>The old folder's name as it is where the folder is there, else made safe, else by the naming template; each folder for one series.</summary>
    private string FolderOf(OldInstallation old, OldSeries one, string name, string? videos, HashSet<string> taken)
    {
        var given = one.Folder;
        if (given is null || OldValues.Text(given) is null || given.Equals(LibraryRoot.OwnFolder, StringComparison.OrdinalIgnoreCase))
        {
            old.Remarks.Add(new Sentence("import_no_folder", one.Key));
            return library.Naming.FolderName(name, one.Year, one.Key, taken);
        }

        var folder = IsThere(given, videos) ? given : SafeFileName.From(given, one.Key);
        if (folder != given)
        {
            old.Remarks.Add(new Sentence("import_bad_folder", OldValues.Shown(given), one.Key, folder));
        }

        if (!taken.Contains(folder))
        {
            return folder;
        }

        var other = library.Naming.FolderName(name, one.Year, one.Key, taken);
        old.Remarks.Add(new Sentence("import_folder_taken", folder, one.Key, other));
        return other;
    }

    private static bool IsThere(string folder, string? videos) =>
        videos is not null
        && folder.IndexOfAny(['/', '\\', '\0']) < 0
        && folder is not ("." or "..")
        && folder == WellFormedText.Of(folder)
        && Directory.Exists(Path.Join(videos, folder));

    private static List<ImportedEpisode> EpisodesOf(OldSeries one) =>
    [
        .. one.Episodes.OrderBy(episode => episode.Key.Season).ThenBy(episode => episode.Key.Episode)
            .Select(episode => new ImportedEpisode(episode.Key, episode.Value.Titles, episode.Value.Ignored)),
    ];

    /// <summary><c>https://aniworld.to/</c> and <c>aniworld.to</c> are the same site.</summary>
    private static string? HostOf(string? site)
    {
        var text = OldValues.Text(site);
        var host = text is null ? null : OldValues.Web(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}")?.Host;
        return string.IsNullOrEmpty(host) ? null : WithoutWww(host);
    }

    private static bool SameHost(string site, string host) => WithoutWww(site).Equals(host, StringComparison.OrdinalIgnoreCase);

    private static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}

/// <summary>A series that is here.</summary>
internal sealed record KnownSeries(string Key, string Folder, bool IsRemoved, IReadOnlySet<EpisodeNumber> Episodes);

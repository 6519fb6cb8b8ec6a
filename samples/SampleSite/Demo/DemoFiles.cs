using System.Text.Json;

namespace AniWorld.SampleSite.Demo;

/// <summary>What the demo puts on disk: a configuration that knows the sample catalogue, and what was in the library before AniWorld came.</summary>
internal static class DemoFiles
{
    /// <summary>Folders that belong to no series yet, each with the episodes of its first season that are in it.</summary>
    private static readonly (string Folder, string Key, int[] Episodes)[] Unclaimed =
    [
        ("Windspiel.1998.1080p.WEB.x264-DRACHE", "windspiel", [1, 2]),
        ("[Subs] Chronik der tausend Boten", "chronik-der-tausend-boten", [1, 2, 3]),
        ("Alte Aufnahmen vom Dachboden (1987)", "kurz-und-knapp", [1]),
    ];

    public static async Task WriteConfigurationAsync(string folder, Uri site)
    {
        var data = Directory.CreateDirectory(Path.Join(folder, "data"));
        await File.WriteAllTextAsync(Path.Join(data.FullName, "config.json"), JsonSerializer.Serialize(new
        {
            anime_directory = LibraryIn(folder),
            providers = new { aniworld = new { enabled = true, base_url = site.AbsoluteUri, requests_per_minute = 6_000 } },
            network = new { allow_private_hosts = new[] { site.Authority } },
            downloads = new { connections = 2, min_free_mb = 0 },
            ui = new { welcome_done = true },
            hosters = new { order = new[] { "Rangeo" } },
            languages = new
            {
                profiles = new object[]
                {
                    new { name = "default", order = new[] { "de-dub", "de-sub", "en-sub" }, cutoff = "de-dub", grace_days = 7 },
                    new { name = "original", order = new[] { "de-sub", "en-sub" }, cutoff = "de-sub", grace_days = 0 },
                },
            },
        }));
    }

    public static string LibraryIn(string folder) => Path.Join(folder, "library");

    public static async Task WriteUnclaimedAsync(RunningSampleSite site, string library, CancellationToken cancellationToken)
    {
        foreach (var (folder, key, episodes) in Unclaimed)
        {
            foreach (var number in episodes)
            {
                await WriteEpisodeAsync(site, Path.Join(library, folder, $"Folge {number:00}.mp4"), key, (1, number, null), cancellationToken);
            }
        }
    }

    /// <param name="folder">The series' folder in the library.</param>
    /// <param name="episode">In which language it is there, <see langword="null"/>: the best that is offered.</param>
    public static Task WriteEpisodeAsync(
        RunningSampleSite site, string library, string folder, string key, (int Season, int Number, string? Language) episode, CancellationToken cancellationToken)
    {
        var (season, number, language) = episode;
        var name = $"{folder} - S{season:00}E{number:00} [{language ?? "de-dub"}].mp4";
        return WriteEpisodeAsync(site, Path.Join(library, folder, $"Season {season:00}", name), key, episode, cancellationToken);
    }

    private static async Task WriteEpisodeAsync(
        RunningSampleSite site, string path, string key, (int Season, int Number, string? Language) episode, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await using var clip = site.ClipOf(key, episode.Season, episode.Number, "Rangeo", episode.Language).OpenRead();
        await clip.CopyToAsync(file, cancellationToken);
    }
}

using System.Text.Json;

namespace AniWorld.SampleSite.Demo;

/// <summary>What the demo puts on disk: a configuration that knows the sample catalogue, and a library with gaps.</summary>
internal static class DemoFiles
{
    /// <summary>Series, and the episodes of it that are on disk already (season, number).</summary>
    private static readonly (string Key, (int Season, int Number)[] OnDisk)[] Library =
    [
        ("kurz-und-knapp", [(1, 1)]),
        ("papierdrachen-ag", [(1, 1), (1, 2), (2, 1)]),
        ("drei-zungen", []),
        ("nebelfahrt-nach-morgen", [(1, 1), (1, 2), (1, 3)]),
    ];

    public static async Task WriteConfigurationAsync(string folder, Uri site)
    {
        var data = Directory.CreateDirectory(Path.Join(folder, "data"));
        await File.WriteAllTextAsync(Path.Join(data.FullName, "config.json"), JsonSerializer.Serialize(new
        {
            anime_directory = Path.Join(folder, "library"),
            providers = new { aniworld = new { enabled = true, base_url = site.AbsoluteUri, requests_per_minute = 6_000 } },
            network = new { allow_private_hosts = new[] { site.Authority } },
            downloads = new { connections = 2, min_free_mb = 0 },
        }));
    }

    public static async Task FillAsync(DemoApi api, RunningSampleSite site, string library, CancellationToken cancellationToken)
    {
        foreach (var (key, onDisk) in Library)
        {
            var folder = await api.AddAsync(new Uri(site.BaseAddress, $"/anime/stream/{key}"), cancellationToken);
            foreach (var (season, number) in onDisk)
            {
                var path = Path.Join(library, folder, $"Season {season:00}", $"{folder} - S{season:00}E{number:00} [de-dub].mp4");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var file = File.Create(path);
                await using var clip = site.ClipOf(key, season, number, "Rangeo").OpenRead();
                await clip.CopyToAsync(file, cancellationToken);
            }
        }

        await api.ScanAsync(cancellationToken);
    }
}

using System.Text.Json;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Import;

/// <summary>Reads the file <c>data</c> that the old program kept in each series' folder.</summary>
internal sealed class OldSeriesFolders
{
    private const string FileName = "data";
    private const int LargestFile = 1 << 20;
    private const int MostFolders = 100_000;
    private const int MostEpisodes = 20_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public void Read(OldInstallation old, string library, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<string, string>();
        foreach (var folder in Directory.EnumerateDirectories(library).Order(StringComparer.Ordinal).Take(MostFolders))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = new FileInfo(Path.Join(folder, FileName));
            if (file.Exists)
            {
                old.IsThere = true;
                ReadFile(old, file, Path.GetFileName(folder), owners);
            }
        }
    }

    private static void ReadFile(OldInstallation old, FileInfo file, string folder, Dictionary<string, string> owners)
    {
        var shown = OldValues.Shown($"{folder}/{FileName}");
        if (file.LinkTarget is not null || file.Length > LargestFile)
        {
            old.Remarks.Add(file.LinkTarget is not null ? new Sentence("import_link", shown) : new Sentence("import_large", shown, LargestFile >> 20));
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file.FullName), Strict);
            Take(old, json.RootElement, folder, shown, owners);
        }
        catch (JsonException e)
        {
            old.Remarks.Add(new Sentence("import_form", shown, (e.LineNumber ?? 0) + 1));
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            old.Remarks.Add(new Sentence("import_unreadable", shown, e));
        }
    }

    private static void Take(OldInstallation old, JsonElement json, string folder, string shown, Dictionary<string, string> owners)
    {
        var named = json.ValueKind is JsonValueKind.Object ? Text(json, "key") : null;
        if (named is not { } key || !OldValues.IsKey(key))
        {
            old.Remarks.Add(new Sentence("import_names_bad_key", shown, OldValues.Shown(named)));
            return;
        }

        if (!owners.TryAdd(key, folder))
        {
            old.Remarks.Add(new Sentence("import_key_taken", shown, key, OldValues.Shown(owners[key])));
            return;
        }

        // Where the file lies says more than what stands in it: folders are renamed, and a text may lead anywhere.
        if (!old.Series.TryGetValue(key, out var series))
        {
            series = new OldSeries(key) { Name = Text(json, "name"), Site = Text(json, "site"), Folder = folder };
            old.Series.Add(key, series);
        }

        if (json.TryGetProperty("episodeDict", out var seasons))
        {
            TakeEpisodes(old, series, seasons, shown);
        }
    }

    private static void TakeEpisodes(OldInstallation old, OldSeries series, JsonElement seasons, string shown)
    {
        var wrong = seasons.ValueKind is JsonValueKind.Object ? 0 : 1;
        foreach (var season in seasons.ValueKind is JsonValueKind.Object ? seasons.EnumerateObject() : default)
        {
            if (!int.TryParse(season.Name, out var number) || season.Value.ValueKind is not JsonValueKind.Array)
            {
                wrong++;
                continue;
            }

            foreach (var episode in season.Value.EnumerateArray())
            {
                if (series.Episodes.Count < MostEpisodes && Number(number, episode) is { } known)
                {
                    series.Episodes.TryAdd(known, OldEpisode.Untitled);
                }
                else
                {
                    wrong++;
                }
            }
        }

        if (wrong > 0)
        {
            old.Remarks.Add(new Sentence("import_bad_seasons", shown, wrong));
        }
    }

    private static Library.EpisodeNumber? Number(int season, JsonElement episode) =>
        episode.ValueKind is JsonValueKind.Number && episode.TryGetInt64(out var number) ? OldValues.Number(season, number) : null;

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

using System.CommandLine;
using System.Text.Json;
using AniWorld.Blazor.CommandLine;
using AniWorld.Blazor.Policy;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Library;

/// <summary><c>aniworld list</c>: the library's series, and with <c>--why</c> the episodes that are not there as wanted, each with its reason.</summary>
internal static class ListCommand
{
    public static Command Create(CommandFrame frame)
    {
        var missing = new Option<bool>("--missing") { Description = "Only series with missing episodes; with --why those episodes" };
        var why = new Option<bool>("--why") { Description = "Each episode that is not on disk, or not as well as the profile asks for, and why" };
        var command = new Command("list", "List the library's series") { missing, why };
        return frame.OnServer(command, async (given, server, output, token) =>
        {
            var show = (given.GetValue(missing), given.GetValue(why)) switch
            {
                (true, true) => MissingAsync(server.Api, output, token),
                (false, true) => ReasonsAsync(server.Api, output, token),
                (var only, false) => SeriesAsync(server.Api, output, only, token),
            };
            await show;
            return ExitCode.Done;
        });
    }

    private static Task<AnimeSummary[]> SeriesAsync(ApiClient api, bool onlyMissing, CancellationToken cancellationToken) =>
        api.GetAsync<AnimeSummary[]>($"/api/anime?all={(onlyMissing ? "false" : "true")}", cancellationToken);

    private static async Task SeriesAsync(ApiClient api, CommandOutput output, bool onlyMissing, CancellationToken cancellationToken)
    {
        var series = await SeriesAsync(api, onlyMissing, cancellationToken);
        output.Write(series, () =>
        {
            if (series.Length == 0)
            {
                output.Say(onlyMissing ? "Nothing is missing." : "The library has no series; 'aniworld add LINK' adds one.");
                return;
            }

            output.Table(
                ["Key", "Name", "On disk", "Missing", ""],
                series.Select(s => (string[])[s.Key, s.Name, $"{s.DownloadedCount}/{s.EpisodeCount}", $"{s.MissingCount}", s.Monitored ? "" : "not monitored"]));
        });
    }

    private static async Task MissingAsync(ApiClient api, CommandOutput output, CancellationToken cancellationToken)
    {
        var episodes = await api.GetAsync<MissingJson[]>("/api/missing", cancellationToken);
        output.Write(episodes, () => Show(
            output,
            "Nothing is missing.",
            [.. episodes.Select(e => (e.Key, new EpisodeNumber(e.Season, e.Episode), e.Titles.Values.FirstOrDefault(), e.Decision))]));
    }

    private static async Task ReasonsAsync(ApiClient api, CommandOutput output, CancellationToken cancellationToken)
    {
        var details = new List<JsonElement>();
        foreach (var series in await SeriesAsync(api, onlyMissing: false, cancellationToken))
        {
            details.Add(await api.GetAsync<JsonElement>($"/api/anime/{series.Key}", cancellationToken));
        }

        output.Write(details, () => Show(output, "Everything is on disk.", [.. details.SelectMany(Unfinished)]));
    }

    /// <summary>What is not on disk, and what is there but not as well as it could be.</summary>
    private static IEnumerable<(string Key, EpisodeNumber Number, string? Title, AnimeDecision Decision)> Unfinished(JsonElement series) =>
        series.GetProperty("episodes").Deserialize<AnimeEpisode[]>(ApiClient.Tolerant)!
            .Where(e => !e.IsDownloaded || e.Decision.Code is not (DecisionCode.Have or DecisionCode.HaveUnknown))
            .Select(e => (series.GetProperty("key").GetString()!, new EpisodeNumber(e.Season, e.Episode), (string?)e.Title, e.Decision));

    private static void Show(
        CommandOutput output, string none, IReadOnlyCollection<(string Key, EpisodeNumber Number, string? Title, AnimeDecision Decision)> episodes)
    {
        if (episodes.Count == 0)
        {
            output.Say(none);
            return;
        }

        output.Table(
            ["Series", "Episode", "Title", "Why"],
            episodes.Select(e => (string[])[e.Key, e.Number.ToString(), e.Title ?? "", e.Decision.Sentence]));
    }
}

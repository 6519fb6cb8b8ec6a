using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Downloads;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Policy;

/// <summary>What tests of the policy do with a queue that really downloads.</summary>
internal static class PolicyWorld
{
    public const string Key = "drei-zungen";

    /// <param name="profile">In place of the default one.</param>
    public static async Task<QueueWorld> StartAsync(Func<LanguageProfile, LanguageProfile>? profile = null)
    {
        var world = await QueueWorld.StartAsync();
        world.Settings.Change(options => options with
        {
            Languages = options.Languages with { Profiles = [profile?.Invoke(LanguageProfile.Default) ?? LanguageProfile.Default] },
            Scheduler = options.Scheduler with { AutoDownloadAfterRescan = true },
        });
        await world.AddAsync(Key);
        return world;
    }

    /// <summary>Fills gaps and waits until the queue has nothing left to do, and has told of all that it did.</summary>
    /// <returns>How many episodes were queued.</returns>
    public static async Task<int> FillAsync(this QueueWorld world)
    {
        var queued = await world.Get<GapFill>().RunAsync(CancellationToken.None);
        await world.UntilAsync(
            async () =>
            {
                await using var database = world.Database();
                return !await database.Downloads.AnyAsync(item => DownloadStatuses.Open.Contains(item.Status))
                    && world.Events.OfType<DownloadCompleted>().Count() == await database.Downloads.CountAsync(item => item.Status == DownloadStatus.Completed);
            },
            () => "downloads still open");
        return queued;
    }

    /// <summary>Reads the catalogue and the disk anew; what is missing then queues itself.</summary>
    public static Task<ScanRun?> ScanAsync(this QueueWorld world) => world.RunAsync(world.Get<ScanService>().RunAsync());

    public static async Task<EpisodeView> EpisodeAsync(this QueueWorld world, int number) =>
        (await world.Get<AnimeService>().FindAsync(Key))!.Episodes.Single(episode => (episode.Season, episode.Number) == (1, number));

    /// <summary>The languages on disk of an episode, as the database has them and as their files' names say.</summary>
    public static async Task<string> OnDiskAsync(this QueueWorld world, int number)
    {
        var languages = (await world.EpisodeAsync(number)).Files.Select(file => file.Language.Code).Order().ToList();
        var names = world.Videos.Where(path => !path.Contains("trash", StringComparison.Ordinal) && path.Contains($"E{number:00}", StringComparison.Ordinal))
            .Select(path => path[(path.LastIndexOf('[') + 1)..path.LastIndexOf(']')])
            .Order();
        Assert.Equal(languages, names);
        return string.Join(' ', languages);
    }

    public static IEnumerable<string> Trash(this QueueWorld world) =>
        world.Videos.Where(path => path.Contains("trash", StringComparison.Ordinal));

    public static void Offer(this QueueWorld world, int number, string language) =>
        world.Site.Catalogue.Find(Key)!.Find(1, number)!.Offer(language);
}

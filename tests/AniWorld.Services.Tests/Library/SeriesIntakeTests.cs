using AniWorld.Services.Library;
using AniWorld.Services.Tests.Downloads;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Library;

public sealed class SeriesIntakeTests
{
    private const string Folder = "Kurz und knapp - alte Aufnahmen";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Videos_that_are_there_are_taken_in_and_not_fetched_again()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.Queue.StopAsync(Token);
        var video = Path.Join(Directory.CreateDirectory(Path.Join(world.Library, Folder, "Staffel 1")).FullName, "kurz 1x02.mkv");
        await File.WriteAllTextAsync(video, "video", Token);
        var found = await PreviewAsync(world, QueueWorld.Key);

        var taken = await world.RunAsync(world.Get<SeriesIntake>().AddAsync(found, new IntakeWishes(Fetch: true, Folder: Folder), Token));

        Assert.Equal(1, taken.Files);
        Assert.Equal(2, taken.Queued!.Added.Count);
        Assert.Equal("video", await File.ReadAllTextAsync(video, Token));
        await using var database = world.Database();
        Assert.Equal($"{Folder}/Staffel 1/kurz 1x02.mkv", (await database.EpisodeFiles.SingleAsync(Token)).Path);
    }

    [Fact]
    public async Task Seasons_that_are_left_out_are_ignored_and_not_fetched()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.Queue.StopAsync(Token);
        var found = await PreviewAsync(world, "die-sternenbaecker-von-oevelgoenne");
        var seasons = found.Series.Episodes.Select(episode => episode.Season).Distinct().ToList();
        Assert.True(seasons.Count > 1);

        var taken = await world.RunAsync(world.Get<SeriesIntake>().AddAsync(found, new IntakeWishes(Seasons: new HashSet<int> { seasons[0] }, Fetch: true), Token));

        Assert.NotEmpty(taken.Queued!.Added);
        await using var database = world.Database();
        Assert.All(await database.Downloads.ToListAsync(Token), item => Assert.Equal(seasons[0], item.Season));
        Assert.Equal([.. seasons.Skip(1).Order()], await database.Episodes.Where(e => e.Ignored).Select(e => e.Season).Distinct().Order().ToListAsync(Token));
    }

    [Fact]
    public async Task Adding_only_queues_nothing()
    {
        await using var world = await QueueWorld.StartAsync();
        var found = await PreviewAsync(world, QueueWorld.Key);

        var taken = await world.RunAsync(world.Get<SeriesIntake>().AddAsync(found, new IntakeWishes(), Token));

        Assert.IsType<AddResult.Added>(taken.Outcome);
        Assert.Null(taken.Queued);
        Assert.IsType<PreviewResult.Refused>(await world.RunAsync(world.Get<AnimeService>().PreviewAsync(LinkOf(world, QueueWorld.Key), Token)));
    }

    private static async Task<PreviewResult.Found> PreviewAsync(QueueWorld world, string key) =>
        Assert.IsType<PreviewResult.Found>(await world.RunAsync(world.Get<AnimeService>().PreviewAsync(LinkOf(world, key), Token)));

    private static string LinkOf(QueueWorld world, string key) => new Uri(world.Site.BaseAddress, $"/anime/stream/{key}").AbsoluteUri;
}

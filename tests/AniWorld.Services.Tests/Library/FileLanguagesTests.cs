using AniWorld.Data.Library;
using AniWorld.Services.Library;
using AniWorld.Services.Metadata;
using AniWorld.Services.Policy;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Library;

[Trait("Database", "both")]
public sealed class FileLanguagesTests : IAsyncDisposable
{
    private readonly KeepingWorld _world = new();

    private AnimeService Anime => _world.Get<AnimeService>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_language_of_files_is_said_for_the_named_episodes_and_taken_back()
    {
        await FillAsync("S01E01.mp4", "S01E02.mp4", "S01E03.mp4");

        var assigned = await AssignAsync(Language.DeSub, 1, 2);

        Assert.Equal(2, assigned.Paths.Count);
        Assert.Equal("de-sub de-sub unknown", await LanguagesAsync());
        await Anime.TakeLanguageBackAsync(assigned, Token);
        Assert.Equal("unknown unknown unknown", await LanguagesAsync());
        await using var database = _world.Database();
        var told = await database.History.Where(e => e.Kind == "files.language").OrderBy(e => e.Id).ToListAsync(Token);
        Assert.Equal([("2", "de-sub"), ("2", "unknown")], told.Select(e => (e.Details["count"], e.Details["language"])));
    }

    [Fact]
    public async Task Taking_it_back_leaves_alone_what_had_that_language_before()
    {
        await FillAsync("S01E01.mp4", "S01E02.mp4");
        await AssignAsync(Language.DeSub, 1);
        var second = await AssignAsync(Language.DeSub, 1, 2);

        await Anime.TakeLanguageBackAsync(second, Token);

        Assert.Equal("de-sub unknown", await LanguagesAsync());
    }

    [Fact]
    public async Task A_double_episodes_file_has_one_language()
    {
        await FillAsync("S01E01-E02.mp4");

        var assigned = await AssignAsync(Language.DeDub, 2);

        Assert.Single(assigned.Paths);
        Assert.Equal("de-dub de-dub", await LanguagesAsync());
    }

    [Fact]
    public async Task A_file_that_names_its_language_keeps_it()
    {
        await FillAsync("S01E01 [en-sub].mp4");

        var assigned = await Anime.AssignLanguageAsync(KeepingWorld.Key, [new EpisodeNumber(1, 1)], Language.EnSub, Language.DeDub, Token);

        Assert.Empty(assigned!.Paths);
        Assert.Equal("en-sub", await LanguagesAsync());
    }

    [Fact]
    public async Task What_was_said_survives_scans_another_name_and_the_loss_of_the_database()
    {
        await FillAsync("S01E01.mp4", "S01E02.mp4");
        await AssignAsync(Language.DeDub, 1);
        var season = Path.Join(_world.Library, KeepingWorld.Folder, "Season 01");
        File.Move(Path.Join(season, "S01E01.mp4"), Path.Join(season, "Teil - S01E01.mp4"));
        await File.WriteAllTextAsync(Path.Join(season, "S01E02.mp4"), "another video", Token);

        await _world.ScanAsync();
        Assert.Equal("unknown de-dub", await LanguagesAsync());
        await _world.Get<SeriesMetadata>().WriteAsync(KeepingWorld.Key, Token);
        await _world.UseNewDatabaseAsync();
        await _world.ScanAsync();

        Assert.Equal("unknown de-dub", await LanguagesAsync());
    }

    [Fact]
    public async Task Once_the_language_is_known_a_better_one_is_looked_for()
    {
        await FillAsync("S01E01.mp4");
        Assert.Equal(DecisionCode.HaveUnknown, (await EpisodeAsync()).Decision.Code);

        await AssignAsync(Language.EnSub, 1);

        Assert.True(await EpisodeAsync() is { IsUpgradable: true, Decision: { Code: DecisionCode.Upgrade, Fetch: { Code: "de-dub" } } });
    }

    [Fact]
    public async Task Nothing_is_said_of_a_series_that_is_not_there() =>
        Assert.Null(await Anime.AssignLanguageAsync("nirgends", [new EpisodeNumber(1, 1)], Language.Unknown, Language.DeDub, Token));

    private async Task FillAsync(params string[] files)
    {
        foreach (var file in files)
        {
            _world.Add($"{KeepingWorld.Folder}/Season 01/{file}");
        }

        await _world.AddSeriesAsync(episodes: 3);
        await _world.ScanAsync();
    }

    private async Task<AssignedLanguage> AssignAsync(Language language, params int[] episodes) => (await Anime.AssignLanguageAsync(
        KeepingWorld.Key, [.. episodes.Select(number => new EpisodeNumber(1, number))], Language.Unknown, language, Token))!;

    /// <summary>Of all rows, in order of their paths.</summary>
    private async Task<string> LanguagesAsync() => string.Join(' ', (await _world.FilesAsync()).Select(file => file.Language.Code));

    private async Task<EpisodeView> EpisodeAsync() => (await Anime.FindAsync(KeepingWorld.Key, Token))!.Episodes[0];
}

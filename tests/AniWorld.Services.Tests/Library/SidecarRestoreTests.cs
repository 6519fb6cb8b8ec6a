using AniWorld.Data.Library;
using AniWorld.Services.Library;
using AniWorld.Services.Metadata;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Library;

[Trait("Database", "both")]
public sealed class SidecarRestoreTests : IAsyncDisposable
{
    private const string Other = "Anderswo";

    private readonly KeepingWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_lost_database_is_made_again_from_the_folders_alone()
    {
        _world.Add($"{KeepingWorld.Folder}/Season 01/S01E01 [de-dub].mp4");
        _world.Add($"{KeepingWorld.Folder}/Season 01/S01E01 [en-sub].mp4");
        _world.Add($"{KeepingWorld.Folder}/Season 01/S01E02-E03.mkv");
        _world.Add("Nur so ein Ordner/Nur so 01.mkv");
        await _world.AddSeriesAsync(3);
        await _world.ScanAsync();
        await using (var database = _world.Database())
        {
            // As the user said in the old database; no name tells it.
            await database.EpisodeFiles.Where(f => f.Language == Language.Unknown)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.Language, Language.Ja).SetProperty(f => f.Hash, new string('a', 64)), Token);
        }

        await _world.Get<SeriesMetadata>().WriteAsync(KeepingWorld.Key, Token);
        var before = await _world.FilesAsync();

        await _world.UseNewDatabaseAsync();
        var run = await _world.ScanAsync();

        Assert.Equal((1, 3), (run.Total, run.Files));
        var after = await _world.FilesAsync();
        Assert.Equal(before.Select(Told), after.Select(Told));
        await using var restored = _world.Database();
        var series = await restored.Series.SingleAsync(Token);
        Assert.Equal(
            (KeepingWorld.Key, "Sternenlotse: Kurs Nord", "site.example", KeepingWorld.Folder, "aniworld", (int?)2021),
            (series.Key, series.Name, series.Site, series.Folder, series.Provider, series.Year));
        var folders = await restored.LibraryFolders.OrderBy(f => f.Path).ToListAsync(Token);
        Assert.Equal([("Nur so ein Ordner", null), (KeepingWorld.Folder, (long?)series.Id)], folders.Select(f => (f.Path, f.SeriesId)));

        static object Told(EpisodeFile file) => (file.Path, file.Episode.Season, file.Episode.Number, file.Language, file.Size, file.Hash);
    }

    [Fact]
    public async Task A_scan_that_finds_nothing_changed_changes_nothing()
    {
        await A_lost_database_is_made_again_from_the_folders_alone();
        var before = await StampsAsync();
        _world.Time.Advance(TimeSpan.FromHours(1));

        await _world.ScanAsync();

        Assert.Equal(before, await StampsAsync());
    }

    [Fact]
    public async Task A_file_that_came_later_is_known_by_its_name_and_one_that_was_replaced_has_lost_its_hash()
    {
        _world.Add($"{Other}/S01E01.mp4", new byte[5]);
        _world.Add($"{Other}/S01E02 [de-sub].mp4", new byte[7]);
        Write(Other, "anderswo", new SidecarFile { Path = "S01E01.mp4", Season = 1, Episodes = [1], Language = "de-dub", SizeBytes = 4, Hash = new string('b', 64) });

        await _world.ScanAsync();
        _world.Add($"{Other}/S02E01.mp4");
        await _world.ScanAsync();

        Assert.Equal(
            [(1, 1, Language.DeDub, null), (1, 2, Language.DeSub, null), (2, 1, Language.Unknown, (string?)null)],
            (await _world.FilesAsync()).Select(f => (f.Episode.Season, f.Episode.Number, f.Language, f.Hash)));
    }

    [Fact]
    public async Task A_series_that_the_user_removed_does_not_come_back_by_its_folder()
    {
        _world.Add($"{Other}/S01E01.mp4");
        Write(Other, "anderswo");
        await _world.ScanAsync();
        await _world.Get<AnimeService>().DeleteAsync("anderswo", cancellationToken: Token);

        await _world.ScanAsync();

        await using var database = _world.Database();
        Assert.Empty(await database.Series.ToListAsync(Token));
    }

    [Fact]
    public async Task A_copied_folder_does_not_make_a_second_series_of_it()
    {
        _world.Add("A/S01E01.mp4");
        _world.Add("B/S01E01.mp4");
        Write("A", "anderswo");
        Write("B", "anderswo");

        await _world.ScanAsync();
        await _world.ScanAsync();

        await using var database = _world.Database();
        Assert.Equal("A", (await database.Series.SingleAsync(Token)).Folder);
    }

    [Fact]
    public async Task A_renamed_folder_is_found_by_its_sidecar()
    {
        _world.Add($"{Other}/S01E01.mp4");
        Write(Other, "anderswo");
        await _world.ScanAsync();
        Directory.Move(Path.Join(_world.Library, Other), Path.Join(_world.Library, "Neu"));

        await _world.ScanAsync();

        Assert.Equal(("Neu", "Neu/S01E01.mp4"), ((await _world.FilesAsync())[0].Episode.Series.Folder, (await _world.FilesAsync())[0].Path));
    }

    [Fact]
    public async Task Folders_that_differ_by_case_only_end_no_scan()
    {
        _world.Add("Sternenlotse (2021)/S01E01.mp4");
        _world.Add("STERNENLOTSE (2021)/S01E02.mp4");
        await _world.AddSeriesAsync(2);

        await _world.ScanAsync();

        Assert.Equal("Sternenlotse (2021)/S01E01.mp4", Assert.Single(await _world.FilesAsync()).Path);
    }

    [Theory]
    [InlineData("../../etc/passwd", 1, "de-dub")]
    [InlineData("S01E01.mp4", -1, "de-dub")]
    [InlineData("S01E01.mp4", 1, "no language")]
    public async Task What_a_sidecar_cannot_say_of_a_file_is_passed_over(string path, int season, string language)
    {
        _world.Add($"{Other}/S03E04 [en-dub].mp4");
        _world.Add($"{Other}/S01E01.mp4");
        Write(Other, "anderswo", new SidecarFile { Path = path, Season = season, Episodes = [99], Language = language, SizeBytes = 5 });

        await _world.ScanAsync();

        Assert.Equal([(1, 1), (3, 4)], (await _world.FilesAsync()).Select(f => (f.Episode.Season, f.Episode.Number)));
    }

    private void Write(string folder, string key, params SidecarFile[] files) => new SeriesSidecar
    {
        Key = key,
        Name = "Anderswo",
        Link = $"https://site.example/anime/stream/{key}",
        Provider = "aniworld",
        Files = files,
    }.Write(Path.Join(_world.Library, folder));

    private async Task<List<DateTimeOffset>> StampsAsync()
    {
        await using var database = _world.Database();
        return
        [
            .. await database.EpisodeFiles.Select(f => f.UpdatedAt).ToListAsync(Token),
            .. await database.Episodes.Select(e => e.UpdatedAt).ToListAsync(Token),
            .. await database.LibraryFolders.Select(f => f.UpdatedAt).ToListAsync(Token),
        ];
    }
}

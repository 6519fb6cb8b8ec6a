using System.Text.Json;
using AniWorld.Data;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace AniWorld.Services.Tests.Library;

[Trait("Database", "both")]
public sealed class BulkRenameTests : IAsyncDisposable
{
    private const string First = "Season 01/Sternenlotse - Kurs Nord - S01E01 - Folge 1 [de-dub].mp4";
    private const string Second = "Season 01/Sternenlotse - Kurs Nord - S01E02 - Folge 2.mkv";

    private readonly KeepingWorld _world = new();

    private BulkRename Renames => _world.Get<BulkRename>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_plan_says_what_would_be_and_changes_nothing()
    {
        await FillAsync("Staffel 1/e01 [de-dub].mp4", "Staffel 1/e02.mkv");

        var plan = await Renames.PlanAsync(KeepingWorld.Key, Token);

        Assert.Equal([new("Staffel 1/e01 [de-dub].mp4", First), new RenameMove("Staffel 1/e02.mkv", Second)], plan!.Moves);
        Assert.Empty(plan.Left);
        Assert.Equal(["Staffel 1/e01 [de-dub].mp4", "Staffel 1/e02.mkv"], _world.Names());
    }

    [Fact]
    public async Task Files_are_renamed_with_what_lies_beside_them_and_the_database_knows()
    {
        await FillAsync("Staffel 1/e01 [de-dub].mp4", "Staffel 1/e02.mkv");
        _world.Add($"{KeepingWorld.Folder}/Staffel 1/e01 [de-dub].de.srt");
        _world.Add($"{KeepingWorld.Folder}/Staffel 1/e01 [de-dub].nfo");

        Assert.IsType<RenameResult.Renamed>(await Renames.RunAsync(KeepingWorld.Key, Token));

        Assert.Equal([First.Replace("mp4", "de.srt", StringComparison.Ordinal), First, First.Replace("mp4", "nfo", StringComparison.Ordinal), Second], _world.Names());
        Assert.False(Directory.Exists(Path.Join(_world.Library, KeepingWorld.Folder, "Staffel 1")));
        Assert.Equal([$"{KeepingWorld.Folder}/{First}", $"{KeepingWorld.Folder}/{Second}"], (await _world.FilesAsync()).Select(f => f.Path));
        await _world.ScanAsync();
        Assert.All(await _world.FilesAsync(), file => Assert.Null(file.Episode.RemovedByUserAt));
        Assert.IsType<RenameResult.NothingToDo>(await Renames.RunAsync(KeepingWorld.Key, Token));
    }

    [Fact]
    public async Task An_undo_gives_all_files_their_old_names()
    {
        await FillAsync("e01 [de-dub].mp4", "e02.mkv");
        _world.Add($"{KeepingWorld.Folder}/e02.srt");
        await Renames.RunAsync(KeepingWorld.Key, Token);
        Assert.Equal(_world.Time.GetUtcNow(), Renames.LastRename(KeepingWorld.Key));

        var undone = Assert.IsType<RenameResult.Renamed>(await Renames.UndoAsync(KeepingWorld.Key, Token));

        Assert.Equal((3, 0), (undone.Moves.Count, undone.Left.Count));
        Assert.Equal(["e01 [de-dub].mp4", "e02.mkv", "e02.srt"], _world.Names());
        Assert.Equal([$"{KeepingWorld.Folder}/e01 [de-dub].mp4", $"{KeepingWorld.Folder}/e02.mkv"], (await _world.FilesAsync()).Select(f => f.Path));
        Assert.Null(Renames.LastRename(KeepingWorld.Key));
        Assert.IsType<RenameResult.NothingToDo>(await Renames.UndoAsync(KeepingWorld.Key, Token));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_never_overwritten()
    {
        await FillAsync("e01 [de-dub].mp4");
        _world.Add($"{KeepingWorld.Folder}/{First}", "other"u8.ToArray());

        var plan = await Renames.PlanAsync(KeepingWorld.Key, Token);
        await Renames.RunAsync(KeepingWorld.Key, Token);

        Assert.Equal(new RenameLeft("e01 [de-dub].mp4", First, RenameObstacle.NameTaken), Assert.Single(plan!.Left));
        Assert.Equal("other", await File.ReadAllTextAsync(Path.Join(_world.Library, KeepingWorld.Folder, First), Token));
    }

    [Fact]
    public async Task A_file_of_two_episodes_and_one_that_is_gone_are_left()
    {
        await FillAsync("S01E01-E02 [de-dub].mp4", "e03.mp4");
        File.Delete(Path.Join(_world.Library, KeepingWorld.Folder, "e03.mp4"));

        var plan = await Renames.PlanAsync(KeepingWorld.Key, Token);

        Assert.Empty(plan!.Moves);
        Assert.Equal([RenameObstacle.SeveralEpisodes, RenameObstacle.NotThere], plan.Left.Select(left => left.Obstacle));
    }

    [Fact]
    public void Names_that_pass_from_file_to_file_are_taken_in_the_right_order()
    {
        var plan = RenamePlan.Of([new("c", "b"), new("b", "a"), new("x", "y"), new("y", "x"), new("d", "a")], [], name => "abcdxy".Contains(name[0]) && name != "a");

        Assert.Equal([new("b", "a"), new RenameMove("c", "b")], plan.Moves);
        Assert.Equal(["x", "y", "d"], plan.Left.Select(left => left.Path));
    }

    [Fact]
    public async Task A_disk_that_refuses_one_name_leaves_all_old_ones()
    {
        await FillAsync("e01 [de-dub].mp4", "e02.mkv");
        var plan = await Renames.PlanAsync(KeepingWorld.Key, Token);
        var journal = new RenameJournal { Key = KeepingWorld.Key, At = _world.Time.GetUtcNow(), Moves = plan!.Moves };
        var link = Path.Join(_world.Library, KeepingWorld.Folder, Second);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, "/nonexistent");
        await using var database = await _world.Get<IDbContextFactory<AniWorldDbContext>>().CreateDbContextAsync(Token);
        var series = await database.Series.SingleAsync(s => s.Key == KeepingWorld.Key, Token);
        var root = LibraryRoot.Open(_world.Library, _world.Get<Services.Configuration.DataFolder>(), false, true);

        await Assert.ThrowsAsync<FaultException>(() => _world.Get<FileRenames>().RunAsync(journal, series, root));

        Assert.Equal([Second, "e01 [de-dub].mp4", "e02.mkv"], _world.Names());
        Assert.Equal([$"{KeepingWorld.Folder}/e01 [de-dub].mp4", $"{KeepingWorld.Folder}/e02.mkv"], (await _world.FilesAsync()).Select(f => f.Path));
        Assert.Null(Renames.LastRename(KeepingWorld.Key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_process_that_was_killed_midway_leaves_all_new_names_after_the_next_start(int done)
    {
        await FillAsync("e01 [de-dub].mp4", "e02.mkv");
        var plan = await Renames.PlanAsync(KeepingWorld.Key, Token);
        var journal = new RenameJournal { Key = KeepingWorld.Key, At = _world.Time.GetUtcNow(), Moves = plan!.Moves };
        journal.Create(LibraryRoot.Open(_world.Library, _world.Get<Services.Configuration.DataFolder>(), false, true));
        foreach (var move in plan.Moves.Take(done))
        {
            var to = Path.Join(_world.Library, KeepingWorld.Folder, move.To);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(Path.Join(_world.Library, KeepingWorld.Folder, move.From), to);
        }

        await ((IHostedService)Renames).StartAsync(Token);

        Assert.Equal([First, Second], _world.Names());
        Assert.Equal([$"{KeepingWorld.Folder}/{First}", $"{KeepingWorld.Folder}/{Second}"], (await _world.FilesAsync()).Select(f => f.Path));
        Assert.NotNull(Renames.LastRename(KeepingWorld.Key));
    }

    [Theory]
    [InlineData("../../outside.mp4")]
    [InlineData("/tmp/outside.mp4")]
    [InlineData("../.aniworld/marker")]
    public async Task A_journal_that_somebody_forged_moves_nothing_out_of_the_library(string target)
    {
        await FillAsync("e01 [de-dub].mp4");
        var folder = Directory.CreateDirectory(Path.Join(_world.Library, ".aniworld", "renames")).FullName;
        var forged = new { key = KeepingWorld.Key, at = _world.Time.GetUtcNow(), done = false, moves = new[] { new { from = "e01 [de-dub].mp4", to = target } } };
        await File.WriteAllTextAsync(Path.Join(folder, "20260101T000000000Z-x.json"), JsonSerializer.Serialize(forged), Token);

        await ((IHostedService)Renames).StartAsync(Token);

        Assert.Equal(["e01 [de-dub].mp4"], _world.Names());
    }

    private async Task FillAsync(params string[] files)
    {
        foreach (var file in files)
        {
            _world.Add($"{KeepingWorld.Folder}/{file}");
        }

        await _world.AddSeriesAsync(3);
        await _world.ScanAsync();
    }
}

using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Auth;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Tests.Auth;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Import;

[Trait("Database", "both")]
public sealed class ImportServiceTests : IAsyncLifetime
{
    private readonly ImportWorld _world = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Series_and_episodes_come_from_the_database_and_from_their_folders()
    {
        using var old = OldProgram.Whole();

        var plan = await _world.ImportAsync(old);

        Assert.Equal((3, 7), (plan.NewSeries, plan.NewEpisodes));
        await using var database = _world.Open();
        var series = await database.Series.Include(s => s.Episodes).OrderBy(s => s.Key).ToListAsync();
        Assert.Equal(["attack-on-titan", "one-piece", "only-on-disk"], series.Select(s => s.Key));
        Assert.Equal(["Attack on Titan (2013)", "One Piece", "Only On Disk"], series.Select(s => s.Folder));
        Assert.All(series, s => Assert.Equal(("aniworld", "aniworld.to"), (s.Provider, s.Site)));
        Assert.Equal("https://aniworld.to/anime/stream/one-piece", series[1].Link);
        Assert.Equal(
            ["S01E01", "S01E02", "S01E03", "S02E01"],
            series[0].Episodes.Select(e => new EpisodeNumber(e.Season, e.Number).ToString()).Order());
        Assert.Equal("To You, in 2000 Years", series[0].Episodes.Single(e => e is { Season: 1, Number: 1 }).Titles["de"]);
    }

    [Fact]
    public async Task Settings_are_taken_over_and_those_without_a_counterpart_are_named()
    {
        using var old = OldProgram.Whole();

        var plan = await _world.ImportAsync(old);

        var now = _world.Configuration.Current;
        Assert.Equal(old.Library, now.AnimeDirectory);
        Assert.Equal(("04:30", true), (now.Scheduler.ScheduleTime, now.Scheduler.AutoDownloadAfterRescan));
        Assert.Equal(["mon", "fri"], now.Scheduler.ScheduleDays);
        Assert.Equal(("warning", 14), (now.Logging.Level, now.Backup.KeepDays));
        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("scheduler.interval_minutes", StringComparison.Ordinal));
        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("logging.max_bytes", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Remarks, remark => remark.ToString().Contains("$2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_queue_comes_along_and_stands_still_until_it_is_started()
    {
        using var old = OldProgram.Whole();

        await _world.ImportAsync(old);

        await using var database = _world.Open();
        var items = await database.Downloads.OrderBy(i => i.Position).ToListAsync();
        Assert.Equal([DownloadStatus.Pending, DownloadStatus.Failed, DownloadStatus.Completed], items.Select(i => i.Status));
        Assert.Equal([DownloadPriority.High, DownloadPriority.Normal, DownloadPriority.Low], items.Select(i => i.Priority));
        Assert.Equal(["S01E02", "S00E01", "S01E01"], items.Select(i => new EpisodeNumber(i.Season, i.Number).ToString()));
        Assert.Equal("It broke", items[1].Error);
        Assert.All(items, item => Assert.Equal((Language.DeDub, false), (item.Language, item.LanguageChosen)));
        Assert.False((await database.QueueSwitches.SingleAsync()).IsRunning);
    }

    [Fact]
    public async Task The_old_password_still_opens_the_door()
    {
        using var old = OldProgram.Whole();
        await _world.ImportAsync(old);

        var parts = new AuthParts(_world.Database);

        Assert.IsType<LoginResult.LoggedIn>(await parts.Auth.LogInAsync(OldProgram.Password, remember: false, AuthParts.Local));
        Assert.IsType<LoginResult.WrongPassword>(await parts.Auth.LogInAsync("another one", remember: false, AuthParts.Local));
    }

    [Fact]
    public async Task A_password_that_is_set_here_stays()
    {
        using var old = OldProgram.Whole();
        await new AuthParts(_world.Database).SetUpAsync();

        var plan = await _world.ImportAsync(old);

        Assert.Null(plan.PasswordHash);
        Assert.IsType<LoginResult.LoggedIn>(await new AuthParts(_world.Database).Auth.LogInAsync(AuthParts.Password, false, AuthParts.Local));
    }

    [Theory]
    [InlineData("$pbkdf2-sha256$29000$abc$def")]
    [InlineData("$2b$31$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234")]
    [InlineData("$2b$12$short")]
    [InlineData("plain text")]
    public async Task A_password_hash_that_cannot_be_used_is_reported_without_being_shown(string hash)
    {
        using var old = OldProgram.Whole();
        old.WriteConfiguration(new { other = new { master_password_hash = hash } });

        var plan = await _world.PlanAsync(old);

        Assert.Null(plan.PasswordHash);
        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("aniworld password", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Remarks, remark => remark.ToString().Contains(hash, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_a_plan_nor_an_import_changes_a_byte_of_the_old_installation()
    {
        using var old = OldProgram.Whole();
        old.Execute("PRAGMA journal_mode=WAL");
        var before = old.Fingerprint();

        await _world.PlanAsync(old);
        Assert.Equal(before, old.Fingerprint());
        await using (var database = _world.Open())
        {
            Assert.Empty(await database.Series.ToListAsync());
            Assert.False(File.Exists(_world.Data.ConfigFile));
        }

        await _world.ImportAsync(old);
        Assert.Equal(before, old.Fingerprint());
    }

    [Fact]
    public async Task What_stands_only_in_the_write_ahead_log_is_read_too()
    {
        using var old = OldProgram.Whole();
        await using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = old.Database, Pooling = false }.ToString());
        await writer.OpenAsync();
        await using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; INSERT INTO anime_series VALUES (3, 'in-the-log', 'In the log', 'aniworld.to', 'In the log', NULL, NULL)";
        await command.ExecuteNonQueryAsync();

        var plan = await _world.PlanAsync(old);

        Assert.Contains(plan.Series, series => series.Key == "in-the-log");
    }

    [Fact]
    public async Task Importing_again_adds_nothing_twice()
    {
        using var old = OldProgram.Whole();
        await _world.ImportAsync(old);

        var again = await _world.ImportAsync(old);

        Assert.True(again.IsEmpty);
        Assert.Equal(3, again.KnownSeries);
        await using var database = _world.Open();
        Assert.Equal((3, 7, 3), (await database.Series.CountAsync(), await database.Episodes.CountAsync(), await database.Downloads.CountAsync()));
    }

    [Fact]
    public async Task Importing_later_adds_what_came_since()
    {
        using var old = OldProgram.Whole();
        await _world.ImportAsync(old);
        old.Execute("INSERT INTO episodes VALUES (20, 1, 3, 1, 'New', 0, NULL)");

        var later = await _world.ImportAsync(old);

        Assert.Equal((0, 1), (later.NewSeries, later.NewEpisodes));
        await using var database = _world.Open();
        Assert.Equal(5, await database.Episodes.CountAsync(e => e.Series.Key == "attack-on-titan"));
    }

    [Fact]
    public async Task A_series_that_was_removed_here_stays_removed()
    {
        using var old = OldProgram.Whole();
        await _world.ImportAsync(old);
        await using (var database = _world.Open())
        {
            database.Remove(await database.Series.SingleAsync(s => s.Key == "one-piece"));
            await database.SaveChangesAsync();
        }

        var again = await _world.ImportAsync(old);

        Assert.Contains(again.Remarks, remark => remark.ToString().Contains("one-piece was removed", StringComparison.Ordinal));
        await using var after = _world.Open();
        Assert.False(await after.Series.AnyAsync(s => s.Key == "one-piece"));
    }

    [Fact]
    public async Task What_the_database_refuses_leaves_it_as_it_was()
    {
        using var old = OldProgram.Whole();
        var plan = await _world.PlanAsync(old);
        await using (var database = _world.Open())
        {
            // Somebody added the last one since the plan was made.
            var last = plan.Series[^1];
            database.Add(new AnimeSeries { Key = last.Key, Name = "Mine", Site = "s", Folder = "f", Link = "https://s/", Provider = "aniworld" });
            await database.SaveChangesAsync();
        }

        await Assert.ThrowsAsync<FaultException>(() => _world.Import.ApplyAsync(plan));

        await using var after = _world.Open();
        Assert.Equal("Mine", (await after.Series.SingleAsync()).Name);
        Assert.Empty(await after.Episodes.ToListAsync());
        Assert.Empty(await after.Downloads.ToListAsync());
        Assert.Empty(await after.Credentials.ToListAsync());
    }

    [Fact]
    public async Task A_folder_without_an_installation_is_none()
    {
        var empty = Directory.CreateTempSubdirectory("aniworld-empty-").FullName;

        Assert.Null(await _world.Import.PlanAsync(empty));
        Assert.Null(await _world.Import.PlanAsync(Path.Join(empty, "not there")));
        Directory.Delete(empty);
    }

    [Fact]
    public async Task A_library_alone_can_be_taken_over_and_a_moved_one_be_named()
    {
        using var old = OldProgram.Whole();

        var alone = await _world.Import.PlanAsync(old.Library);
        var moved = await _world.PlanAsync(old, old.Library);

        Assert.Equal(["attack-on-titan", "only-on-disk"], alone!.Series.Select(series => series.Key).Order());
        Assert.Contains(moved.Settings, setting => setting.Path == "anime_directory");
        await Assert.ThrowsAsync<FaultException>(() => _world.PlanAsync(old, Path.Join(old.Root, "nowhere")));
    }
}

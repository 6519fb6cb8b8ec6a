using AniWorld.Services.Faults;
using AniWorld.Services.Import;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Import;

/// <summary>Old installations that are broken, or were made to do harm.</summary>
public sealed class HostileImportTests : IAsyncLifetime
{
    private readonly ImportWorld _world = new();
    private readonly OldProgram _old = OldProgram.Whole();

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        _old.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_damaged_database_is_refused_whole()
    {
        _old.Damage();

        var refusal = await Assert.ThrowsAsync<FaultException>(() => _world.PlanAsync(_old));

        Assert.Contains("nothing was taken over", refusal.Message);
        await using var database = _world.Open();
        Assert.Empty(await database.Series.ToListAsync());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_whole()
    {
        await File.WriteAllTextAsync(_old.Database, "This is no database, whatever its name says.");

        Assert.Contains("aniworld.db", (await Assert.ThrowsAsync<FaultException>(() => _world.PlanAsync(_old))).Message);
    }

    [Theory]
    [InlineData("../../etc/cron.d")]
    [InlineData("..")]
    [InlineData("/etc")]
    [InlineData("C:\\Windows")]
    [InlineData("a/b")]
    [InlineData(".aniworld")]
    [InlineData("line\nend")]
    public async Task A_folder_that_is_a_path_becomes_one_name_and_is_reported(string folder)
    {
        _old.Execute($"UPDATE anime_series SET folder = CAST(X'{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(folder))}' AS TEXT) WHERE id = 2");

        var plan = await _world.PlanAsync(_old);

        var taken = plan.Series.Single(series => series.Key == "one-piece").Folder;
        Assert.Null(SafeFileName.Problem(taken));
        Assert.NotEqual(LibraryRoot.OwnFolder, taken);
        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("one-piece", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_series_never_get_one_folder()
    {
        _old.Execute("UPDATE anime_series SET folder = 'ATTACK ON TITAN (2013)' WHERE id = 2");

        var plan = await _world.PlanAsync(_old);

        Assert.Equal(3, plan.Series.Select(series => series.Folder.ToUpperInvariant()).Distinct().Count());
        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("another series'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not json at all", "not JSON")]
    [InlineData("[1, 2]", "names no key")]
    [InlineData("""{"key": "../x", "episodeDict": {}}""", "names no key")]
    [InlineData("""{"key": "rescan", "episodeDict": {}}""", "names no key")]
    [InlineData("""{"key": 5}""", "names no key")]
    [InlineData("""{"key": "one-piece", "key": "two"}""", "not JSON")]
    [InlineData("""{"key": "only-on-disk", "episodeDict": {}}""", "which 'Only On Disk' has already")]
    [InlineData("""{"key": "wrong-types", "episodeDict": [1]}""", "left out: 1.")]
    [InlineData("""{"key": "wrong-types", "episodeDict": {"x": [1], "1": [0, -1, 1.5, "2", 100000, 99999999999999999999], "-1": [1], "2": 3}}""", "left out: 9.")]
    [InlineData("", "not JSON")]
    public async Task A_series_file_that_cannot_be_used_is_reported_and_the_others_are_taken(string content, string remark)
    {
        _old.WriteSeriesFile("Zz bad", content);

        var plan = await _world.PlanAsync(_old);

        Assert.Contains(plan.Remarks, said => said.ToString().Contains("Zz bad/data", StringComparison.Ordinal) && said.ToString().Contains(remark, StringComparison.Ordinal));
        Assert.Contains(plan.Series, series => series is { Key: "only-on-disk", Episodes.Count: 2 });
    }

    [Fact]
    public async Task Huge_deep_and_linked_series_files_are_left_out()
    {
        _old.WriteSeriesFile("Zz huge", new string(' ', 3 << 20));
        _old.WriteSeriesFile("Zz deep", new string('[', 5_000));
        Directory.CreateDirectory(Path.Join(_old.Library, "Zz link"));
        File.CreateSymbolicLink(Path.Join(_old.Library, "Zz link", "data"), "/etc/hostname");

        var plan = await _world.PlanAsync(_old);

        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("Zz huge/data' is larger", StringComparison.Ordinal));
        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("Zz deep/data' is not JSON", StringComparison.Ordinal));
        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("Zz link/data' is a link", StringComparison.Ordinal));
        Assert.Equal(3, plan.NewSeries);
    }

    [Fact]
    public async Task Rows_with_keys_that_none_can_have_or_that_come_twice_are_reported()
    {
        _old.Execute(
            "INSERT INTO anime_series VALUES (3, 'one-piece', 'Twice', 'aniworld.to', 'Twice', NULL, NULL)",
            "INSERT INTO anime_series VALUES (4, '../../x', 'Path', 'aniworld.to', 'Path', NULL, NULL)",
            "INSERT INTO anime_series VALUES (5, NULL, 'Nothing', 'aniworld.to', 'Nothing', NULL, NULL)",
            "INSERT INTO anime_series VALUES (6, X'00FF00', 'Blob', 'aniworld.to', 'Blob', NULL, NULL)",
            "INSERT INTO anime_series VALUES (7, 'from-elsewhere', X'FFFE', 'files.example', 5, NULL, NULL)",
            "INSERT INTO episodes VALUES (30, 99, 1, 1, 'Nobody''s', 0, NULL)",
            "INSERT INTO episodes VALUES (31, 1, 'one', 'two', 'No number', 0, NULL)",
            "INSERT INTO episodes VALUES (32, 1, -1, 99999999, 'Out of range', 0, NULL)");

        var plan = await _world.ImportAsync(_old);

        Assert.Equal("One Piece", plan.Series.Single(series => series.Key == "one-piece").Name);
        Assert.Equal(("from-elsewhere", "5"), plan.Series.Where(series => series.Key == "from-elsewhere").Select(series => (series.Name, series.Folder)).Single());
        Assert.Equal(4, plan.NewSeries);
        Assert.Equal(5, plan.Remarks.Count(remark => remark.ToString().Contains("none can have", StringComparison.Ordinal) || remark.ToString().Contains("twice", StringComparison.Ordinal)
            || remark.ToString().Contains("no site profile", StringComparison.Ordinal)));
        Assert.Contains(plan.Remarks, remark => remark.ToString().EndsWith("left out: 3.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_view_in_place_of_a_table_is_not_run()
    {
        File.Delete(_old.Database);
        _old.Execute("CREATE VIEW anime_series AS WITH RECURSIVE forever(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM forever) SELECT key FROM forever");

        var plan = await _world.PlanAsync(_old);

        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("no table anime_series", StringComparison.Ordinal));
        Assert.Equal(["attack-on-titan", "only-on-disk"], plan.Series.Select(series => series.Key).Order());
    }

    [Theory]
    [InlineData("{ torn")]
    [InlineData("[]")]
    [InlineData("""{"a": 1, "a": 2}""")]
    public async Task A_configuration_that_cannot_be_read_is_reported_and_the_rest_is_taken(string text)
    {
        _old.WriteConfiguration(text);

        var plan = await _world.PlanAsync(_old, _old.Library);

        Assert.Contains(plan.Remarks, remark => remark.ToString().Contains("config.json is not JSON", StringComparison.Ordinal));
        Assert.Equal(3, plan.NewSeries);
    }

    [Fact]
    public async Task Values_that_are_not_valid_here_are_left_out_one_by_one()
    {
        _old.WriteConfiguration(new
        {
            scheduler = new { schedule_time = "25:99", schedule_days = new object[] { 5 }, enabled = "yes", cron = (string?)null },
            downloads = new { parallel = 500, attempts = 7 },
            tools = new { ffmpeg = "/tmp/evil.sh" },
            limits = new { file_bytes = 1 },
            network = new { allow_private_hosts = new[] { "169.254.169.254:80" } },
            other = new { anime_directory = "/" },
        });

        var plan = await _world.PlanAsync(_old);

        Assert.Equal(["downloads.attempts"], plan.Settings.Select(setting => setting.Path));
        foreach (var path in new[] { "schedule_time", "schedule_days", "scheduler.enabled", "downloads.parallel", "tools.ffmpeg", "limits.file_bytes", "network.allow_private_hosts", "anime_directory" })
        {
            Assert.Contains(plan.Remarks, remark => remark.ToString().Contains(path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Markup_and_control_characters_in_texts_stay_plain_text()
    {
        _old.Execute("UPDATE anime_series SET name = '<img src=x onerror=alert(1)>' || char(27) || '[2J' || char(8238) WHERE id = 2");

        ImportPlan plan = await _world.PlanAsync(_old);

        Assert.Equal("<img src=x onerror=alert(1)>[2J", plan.Series.Single(series => series.Key == "one-piece").Name);
    }
}

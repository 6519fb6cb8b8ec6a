using AniWorld.Services.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Tests.Configuration;

public sealed class ConfigChainTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_any_source_the_defaults_of_the_contract_are_in_force()
    {
        var options = _folder.Open().Current;

        Assert.Equal(3, options.Downloads.Parallel);
        Assert.Equal("03:00", options.Scheduler.ScheduleTime);
        Assert.Equal(LanguageProfile.Default, Assert.Single(options.Languages.Profiles));
    }

    [Fact]
    public void Each_source_goes_before_the_one_below_it()
    {
        _folder.Settings["downloads:parallel"] = "4";
        _folder.Settings["downloads:connections"] = "4";
        _folder.Settings["downloads:attempts"] = "4";
        _folder.Settings["downloads:stall_seconds"] = "4";
        _folder.File = """{"downloads": {"connections": 5, "attempts": 5, "stall_seconds": 5}}""";
        _folder.Environment["ANIWORLD__DOWNLOADS__ATTEMPTS"] = "6";
        _folder.Environment["ANIWORLD__DOWNLOADS__STALL_SECONDS"] = "6";
        _folder.Arguments = ["serve", "--downloads.stall_seconds=7", "--urls", "http://localhost:1"];

        var downloads = _folder.Open().Current.Downloads;

        Assert.Equal((4, 5, 6, 7, 16), (downloads.Parallel, downloads.Connections, downloads.Attempts, downloads.StallSeconds, downloads.PerHost));
    }

    [Fact]
    public void A_shorter_list_replaces_the_longer_one_of_the_source_below()
    {
        _folder.Settings["hosters:order:0"] = "one";
        _folder.Settings["hosters:order:1"] = "two";
        _folder.Settings["hosters:order:2"] = "three";
        _folder.File = """{"hosters": {"order": ["four"]}}""";

        Assert.Equal(["four"], _folder.Open().Current.Hosters.Order);
    }

    [Fact]
    public void An_empty_list_replaces_the_one_below()
    {
        _folder.Settings["hosters:order:0"] = "one";
        _folder.File = """{"hosters": {"order": []}}""";

        Assert.Empty(_folder.Open().Current.Hosters.Order);
    }

    [Fact]
    public void An_item_of_a_list_takes_nothing_from_the_item_it_replaces()
    {
        _folder.Settings["languages:profiles:0:name"] = "default";
        _folder.Settings["languages:profiles:0:order:0"] = "ja";
        _folder.Settings["languages:profiles:0:cutoff"] = "ja";
        _folder.Settings["languages:profiles:0:grace_days"] = "9";
        _folder.File = """{"languages": {"profiles": [{"name": "default", "order": ["de-dub"], "cutoff": "de-dub", "on_better": null}]}}""";

        var profile = Assert.Single(_folder.Open().Current.Languages.Profiles);

        Assert.Equal((0, "replace", "de-dub"), (profile.GraceDays, profile.OnBetter, profile.Order.Single()));
    }

    [Fact]
    public void Null_in_the_file_stands_for_the_built_in_default()
    {
        _folder.Settings["downloads:parallel"] = "4";
        _folder.Settings["downloads:max_height"] = "720";
        _folder.File = """{"downloads": {"parallel": null, "max_height": null}, "hosters": null}""";

        var downloads = _folder.Open().Current.Downloads;

        Assert.Equal((3, null), (downloads.Parallel, downloads.MaxHeight));
    }

    [Fact]
    public void A_list_and_a_named_provider_can_come_from_the_environment()
    {
        _folder.Environment["ANIWORLD__HOSTERS__ORDER__0"] = "one";
        _folder.Environment["ANIWORLD__HOSTERS__ORDER__1"] = "two";
        _folder.Environment["ANIWORLD__PROVIDERS__ANIWORLD__ENABLED"] = "TRUE";
        _folder.File = """{"hosters": {"order": ["three", "four", "five"]}, "providers": {"aniworld": {"requests_per_minute": 10}}}""";

        var options = _folder.Open().Current;

        Assert.Equal(["one", "two"], options.Hosters.Order);
        Assert.Equal((true, 10), (options.Providers["aniworld"].Enabled, options.Providers["aniworld"].RequestsPerMinute));
    }

    [Fact]
    public void A_variable_that_sets_nothing_is_warned_of()
    {
        _folder.Environment["ANIWORLD__DOWNLOADS__PARALELL"] = "4";

        Assert.Contains("downloads.paralell", Assert.Single(_folder.Open().Warnings).ToString());
    }

    [Fact]
    public void A_wrong_value_in_the_environment_is_named_at_start()
    {
        _folder.Environment["ANIWORLD__DOWNLOADS__PARALLEL"] = "many";

        var problem = Assert.Single(Assert.Throws<InvalidConfigurationException>(_folder.Open).Problems);

        Assert.Equal("downloads.parallel", problem.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"downloads": {"parallel": 4""")]
    [InlineData("""{"downloads": {"parallel": "4"}}""")]
    [InlineData("""{"downloads": {"parallel": 400}}""")]
    [InlineData("""{"downloads": {"paralell": 4}}""")]
    [InlineData("""{"downloads": {"parallel": 4, "parallel": 5}}""")]
    [InlineData("""{"tools": {"ffmpeg": "/bin/true"}}""")]
    [InlineData("[]")]
    public async Task A_broken_file_is_kept_aside_and_the_newest_valid_backup_used(string broken)
    {
        using var service = _folder.Service();
        await service.PutAsync(ConfigFolder.Json("""{"downloads": {"parallel": 5}}"""), TestContext.Current.CancellationToken);
        _folder.Time.Advance(TimeSpan.FromMinutes(1));
        await service.PutAsync(ConfigFolder.Json("""{"downloads": {"parallel": 6}}"""), TestContext.Current.CancellationToken);
        File.WriteAllText(Path.Combine(_folder.Data.Backups, "config-20270101T000000000Z.json"), "torn");
        _folder.File = broken;

        var chain = _folder.Open();
        _folder.Open();

        Assert.Equal(5, chain.Current.Downloads.Parallel);
        Assert.Equal(broken, _folder.File);
        Assert.Equal(broken, File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Data.Root, "config.json.broken-*"))));
        Assert.Contains("config.json is not used", Assert.Single(chain.Warnings).ToString());
    }

    [Fact]
    public void A_broken_file_without_a_backup_leaves_the_defaults()
    {
        _folder.File = "{";

        Assert.Equal(3, _folder.Open().Current.Downloads.Parallel);
    }

    [Fact]
    public async Task A_change_after_a_broken_file_builds_on_the_backup_and_keeps_the_broken_one()
    {
        using (var before = _folder.Service())
        {
            await before.PutAsync(ConfigFolder.Json("""{"downloads": {"parallel": 5}}"""), TestContext.Current.CancellationToken);
            await before.PutAsync(ConfigFolder.Json("""{"downloads": {"attempts": 6}}"""), TestContext.Current.CancellationToken);
        }

        _folder.File = "broken";
        using var service = _folder.Service();
        await service.PutAsync(ConfigFolder.Json("""{"downloads": {"connections": 7}}"""), TestContext.Current.CancellationToken);

        var downloads = _folder.Open().Current.Downloads;
        Assert.Equal((5, 5, 7), (downloads.Parallel, downloads.Attempts, downloads.Connections));
        Assert.Empty(service.Warnings);
        Assert.Single(Directory.GetFiles(_folder.Data.Root, "config.json.broken-*"));
    }

    [Fact]
    public void A_library_that_is_away_for_now_does_not_make_the_file_invalid()
    {
        _folder.File = """{"anime_directory": "/proc/none/library", "downloads": {"parallel": 5}}""";

        var chain = _folder.Open();

        Assert.Equal("/proc/none/library", chain.Current.AnimeDirectory);
        Assert.Empty(chain.Warnings);
    }

    [Fact]
    public void A_valid_edit_by_hand_takes_effect_and_the_state_before_it_is_backed_up()
    {
        _folder.File = """{"downloads": {"parallel": 5}}""";
        var chain = _folder.Open();
        using var provider = new ServiceCollection().AddConfiguration(chain).BuildServiceProvider();
        var monitor = provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>();
        Assert.Equal(5, monitor.CurrentValue.Downloads.Parallel);
        var seen = new List<int>();
        using var watch = monitor.OnChange(options => seen.Add(options.Downloads.Parallel));

        _folder.File = """{"downloads": {"parallel": 6}}""";
        chain.Reload();
        chain.Reload();

        Assert.Equal(6, monitor.CurrentValue.Downloads.Parallel);
        Assert.Equal([6], seen);
        Assert.Contains("5", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Data.Backups))));
    }

    [Fact]
    public void A_broken_edit_by_hand_changes_nothing_now_nor_at_the_next_start()
    {
        _folder.File = """{"downloads": {"parallel": 5}}""";
        var chain = _folder.Open();

        _folder.File = "{";
        chain.Reload();

        Assert.Equal(5, chain.Current.Downloads.Parallel);
        Assert.Single(chain.Warnings);
        Assert.Equal(5, _folder.Open().Current.Downloads.Parallel);
    }

    [Fact]
    public void What_sets_a_member_above_the_file_is_told()
    {
        _folder.Environment["ANIWORLD__DOWNLOADS__PARALLEL"] = "4";
        _folder.Environment["ANIWORLD__HOSTERS__ORDER__0"] = "one";
        _folder.Arguments = ["--downloads:attempts", "4"];

        var chain = _folder.Open();

        Assert.Equal("environment", chain.LockedBy("downloads.parallel"));
        Assert.Equal("environment", chain.LockedBy("hosters.order.3"));
        Assert.Equal("command line", chain.LockedBy("downloads.attempts"));
        Assert.Null(chain.LockedBy("downloads.connections"));
    }
}

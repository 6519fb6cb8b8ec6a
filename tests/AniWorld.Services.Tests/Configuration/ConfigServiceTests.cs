using System.Text.Json.Nodes;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Configuration;

public sealed class ConfigServiceTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static async Task<ConfigChange> PutAsync(ConfigService service, string patch) =>
        await service.PutAsync(ConfigFolder.Json(patch), TestContext.Current.CancellationToken);

    private static IReadOnlyList<string> PathsOf(ConfigChange change) =>
        [.. Assert.IsType<ConfigChange.Invalid>(change).Problems.Select(problem => problem.Path)];

    [Fact]
    public async Task A_change_is_in_force_at_once_and_stored_for_its_owner_alone()
    {
        var chain = _folder.Open();
        using var service = _folder.Service(chain);

        var change = Assert.IsType<ConfigChange.Applied>(await PutAsync(service, """{"downloads": {"parallel": 7}, "ui": {"theme": "dark"}}"""));

        Assert.Equal(["downloads.parallel", "ui.theme"], change.Paths);
        Assert.Equal(7, chain.Current.Downloads.Parallel);
        Assert.Equal(7, _folder.Open().Current.Downloads.Parallel);
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(_folder.Data.ConfigFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(["aniworld.db", "config.json"], Directory.GetFiles(_folder.Data.Root).Select(Path.GetFileName)
            .Where(name => !name!.Contains("db-", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_file_holds_only_what_was_changed()
    {
        using var service = _folder.Service();

        await PutAsync(service, """{"downloads": {"parallel": 7, "attempts": 6}}""");
        await PutAsync(service, """{"downloads": {"parallel": null}}""");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"downloads": {"attempts": 6}}"""), JsonNode.Parse(_folder.File)));
        Assert.Equal(3, service.Current.Downloads.Parallel);
    }

    [Theory]
    [InlineData("""{"downloads": {"parallel": 0}}""", "downloads.parallel")]
    [InlineData("""{"downloads": {"parallel": 3.5}}""", "downloads.parallel")]
    [InlineData("""{"downloads": {"parallel": "3"}}""", "downloads.parallel")]
    [InlineData("""{"downloads": {"speed_limit_mbps": -0.4}}""", "downloads.speed_limit_mbps")]
    [InlineData("""{"downloads": {"max_height": 1}}""", "downloads.max_height")]
    [InlineData("""{"downloads": {"unknown": null}}""", "downloads.unknown")]
    [InlineData("""{"downloads": 4}""", "downloads")]
    [InlineData("""{"downloads": {"speed_schedule": [{"from": "24:00"}]}}""", "downloads.speed_schedule.0.from")]
    [InlineData("""{"downloads": {"speed_schedule": [{"days": ["mon", "montag"]}]}}""", "downloads.speed_schedule.0.days.1")]
    [InlineData("""{"downloads": {"speed_schedule": [{"limit_mbps": 0.01}]}}""", "downloads.speed_schedule.0.limit_mbps")]
    [InlineData("""{"downloads": {"speed_limit_mbps": 0.01}}""", "downloads.speed_limit_mbps")]
    [InlineData("""{"nonsense": true}""", "nonsense")]
    [InlineData("""{"hosters": {"order": [null]}}""", "hosters.order.0")]
    [InlineData("""{"providers": {"aniworld": {"speed": 1}}}""", "providers.aniworld.speed")]
    [InlineData("""{"providers": {"aniworld": {"requests_per_minute": 0}}}""", "providers.aniworld.requests_per_minute")]
    [InlineData("""{"providers": {"aniworld": {"base_url": "file:///etc"}}}""", "providers.aniworld.base_url")]
    [InlineData("""{"providers": {"../x": {"enabled": true}}}""", "providers.../x")]
    [InlineData("""{"languages": {"default_profile": "none"}}""", "languages.default_profile")]
    [InlineData("""{"languages": {"profiles": [{"name": "default", "order": ["de-dub"], "cutoff": "ja"}]}}""", "languages.profiles.0.cutoff")]
    [InlineData("""{"languages": {"profiles": [{"name": "default", "order": ["klingon"], "cutoff": "klingon"}]}}""", "languages.profiles.0.order.0")]
    [InlineData("""{"languages": {"profiles": [{"name": "default", "order": ["ja"], "cutoff": "ja"}, {"name": "default", "order": ["ja"], "cutoff": "ja"}]}}""", "languages.profiles.1.name")]
    [InlineData("""{"scheduler": {"schedule_time": ""}}""", "scheduler.schedule_time")]
    [InlineData("""{"scheduler": {"schedule_time": "03:00\n"}}""", "scheduler.schedule_time")]
    [InlineData("""{"scheduler": {"schedule_days": ["monday"]}}""", "scheduler.schedule_days.0")]
    [InlineData("""{"scheduler": {"cron": "0 3 * * *"}}""", "scheduler.cron")]
    [InlineData("""{"scheduler": {"time_zone": "Europe/Atlantis"}}""", "scheduler.time_zone")]
    [InlineData("""{"network": {"allow_private_hosts": ["192.168.1.5"]}}""", "network.allow_private_hosts.0")]
    [InlineData("""{"network": {"allow_private_hosts": ["192.168.1.5:0"]}}""", "network.allow_private_hosts.0")]
    [InlineData("""{"network": {"known_proxies": ["proxy"]}}""", "network.known_proxies.0")]
    [InlineData("""{"network": {"public_hosts": ["a b"]}}""", "network.public_hosts.0")]
    [InlineData("""{"network": {"proxy": "ftp://proxy"}}""", "network.proxy")]
    [InlineData("""{"notifications": [{"type": "ntfy"}]}""", "notifications.0.name")]
    [InlineData("""{"anime_directory": "/"}""", "anime_directory")]
    [InlineData("""{"anime_directory": ""}""", "anime_directory")]
    [InlineData("""{"anime_directory": "/proc/none/library"}""", "anime_directory")]
    [InlineData("""{"naming": {"episode": "{nonsense}"}}""", "naming.episode")]
    [InlineData("""{"naming": {"folder": "../{name}"}}""", "naming.folder")]
    [InlineData("""{"tools": {"ffmpeg": "/tmp/evil"}}""", "tools")]
    [InlineData("""{"limits": {"redirects": 1}}""", "limits")]
    [InlineData("""{"database": {"connection_string": "x"}}""", "database")]
    [InlineData("""{"redis": null}""", "redis")]
    [InlineData("""{"urls": "http://0.0.0.0:80"}""", "urls")]
    public async Task What_breaks_a_rule_is_refused_by_its_path_and_the_file_stays_byte_for_byte(string patch, string path)
    {
        const string Text = "{ \"downloads\" : {\"attempts\":6} }";
        _folder.File = Text;
        using var service = _folder.Service();

        var change = await PutAsync(service, patch);

        Assert.Contains(path, PathsOf(change));
        Assert.Equal(Text, _folder.File);
        Assert.Equal(6, service.Current.Downloads.Attempts);
        Assert.Empty(_folder.Backups.List());
    }

    [Fact]
    public async Task Every_problem_is_named_at_once()
    {
        using var service = _folder.Service();

        var change = await PutAsync(service, """{"downloads": {"parallel": 0, "attempts": 0}, "scheduler": {"cron": "x"}}""");

        Assert.Equal(["downloads.parallel", "downloads.attempts", "scheduler.cron"], PathsOf(change));
    }

    [Theory]
    [InlineData("192.168.1.5:8080")]
    [InlineData("[::1]:80")]
    [InlineData("nas.lan:443")]
    public async Task A_host_with_its_port_is_taken(string host)
    {
        using var service = _folder.Service();

        Assert.IsType<ConfigChange.Applied>(await PutAsync(service, $$$"""{"network": {"allow_private_hosts": ["{{{host}}}"]}}"""));
    }

    [Fact]
    public async Task The_data_folder_cannot_be_the_library_not_even_through_a_link()
    {
        using var service = _folder.Service();
        var link = _folder.PathOf("link");
        Directory.CreateSymbolicLink(link, _folder.Data.Root);

        foreach (var folder in new[] { _folder.Data.Root, Path.Combine(_folder.Data.Root, "x"), Path.Combine(link, "x"), _folder.Data.Root + "/../data" })
        {
            Assert.Equal(["anime_directory"], PathsOf(await PutAsync(service, new JsonObject { ["anime_directory"] = folder }.ToJsonString())));
        }
    }

    [Fact]
    public async Task A_new_library_folder_is_made_by_the_change_and_not_by_asking()
    {
        using var service = _folder.Service();
        var folder = _folder.PathOf("new/library");
        var patch = new JsonObject { ["anime_directory"] = folder }.ToJsonString();

        Assert.True((await service.ValidateAsync(ConfigFolder.Json(patch), TestContext.Current.CancellationToken)).Valid);
        Assert.False(Directory.Exists(_folder.PathOf("new")));
        Assert.IsType<ConfigChange.Applied>(await PutAsync(service, patch));
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task Validation_names_the_problems_and_applies_nothing()
    {
        using var service = _folder.Service();

        var validation = await service.ValidateAsync(ConfigFolder.Json("""{"downloads": {"parallel": 0}}"""), TestContext.Current.CancellationToken);

        Assert.False(validation.Valid);
        Assert.Equal("downloads.parallel", Assert.Single(validation.Errors).Path);
        Assert.False(File.Exists(_folder.Data.ConfigFile));
    }

    [Fact]
    public async Task Secrets_are_masked_and_a_mask_sent_back_keeps_them()
    {
        const string Hook = "https://hooks.example/secret-token";
        using var service = _folder.Service();
        await PutAsync(service, $$"""
            {"network": {"proxy": "http://me:geheim@proxy.example:3128"},
             "notifications": [{"name": "one", "type": "webhook", "url": "{{Hook}}"}, {"name": "two", "type": "webhook", "url": "{{Hook}}2"}]}
            """);

        var shown = await service.GetAsync(TestContext.Current.CancellationToken);
        shown["notifications"]!.AsArray().RemoveAt(0);
        shown["downloads"]!["parallel"] = 9;
        var change = Assert.IsType<ConfigChange.Applied>(await PutAsync(service, shown.ToJsonString()));

        Assert.DoesNotContain("secret-token", change.Configuration.ToJsonString());
        Assert.DoesNotContain("geheim", change.Configuration.ToJsonString());
        Assert.Equal("********", change.Configuration["network"]!["proxy"]!.GetValue<string>());
        Assert.Equal("http://me:geheim@proxy.example:3128", service.Current.Network.Proxy);
        Assert.Equal(Hook + "2", Assert.Single(service.Current.Notifications).Url);
        Assert.Equal(9, service.Current.Downloads.Parallel);
    }

    [Fact]
    public async Task A_mask_that_hides_nothing_is_refused()
    {
        using var service = _folder.Service();

        var change = await PutAsync(service, """{"notifications": [{"name": "new", "type": "webhook", "url": "********"}]}""");

        Assert.Contains("notifications.0.url", PathsOf(change));
    }

    [Fact]
    public async Task What_only_the_host_may_set_is_not_listed()
    {
        using var service = _folder.Service();

        var shown = await service.GetAsync(TestContext.Current.CancellationToken);

        Assert.Empty(shown.Select(member => member.Key).Intersect(["tools", "limits", "database", "redis"]));
        Assert.True(shown.ContainsKey("anime_directory"));
        Assert.True(shown["downloads"]!.AsObject().ContainsKey("max_height"));
    }

    [Fact]
    public async Task A_member_that_the_environment_sets_is_refused_unless_it_is_sent_back_as_it_is()
    {
        _folder.Environment["ANIWORLD__DOWNLOADS__PARALLEL"] = "4";
        using var service = _folder.Service();

        Assert.Equal(["downloads.parallel"], PathsOf(await PutAsync(service, """{"downloads": {"parallel": 5}}""")));
        var everything = await service.GetAsync(TestContext.Current.CancellationToken);
        Assert.IsType<ConfigChange.Applied>(await PutAsync(service, everything.ToJsonString()));

        Assert.Null(JsonNode.Parse(_folder.File)!["downloads"]!["parallel"]);
    }

    [Fact]
    public async Task Each_change_backs_up_what_was_before_within_the_limits()
    {
        using var service = _folder.Service();
        await PutAsync(service, """{"backup": {"keep_count": 2, "keep_days": 10}}""");
        foreach (var parallel in new[] { 4, 5, 6, 7 })
        {
            _folder.Time.Advance(TimeSpan.FromDays(1));
            await PutAsync(service, $$$"""{"downloads": {"parallel": {{{parallel}}} }}""");
        }

        Assert.Equal(2, _folder.Backups.List().Count);
        _folder.Time.Advance(TimeSpan.FromDays(20));
        await PutAsync(service, """{"downloads": {"parallel": 8}}""");
        Assert.Equal(_folder.Time.GetUtcNow(), Assert.Single(_folder.Backups.List()).CreatedAt);
    }

    [Fact]
    public async Task A_backup_can_be_restored_and_the_present_state_is_backed_up_before()
    {
        using var service = _folder.Service();
        await PutAsync(service, """{"downloads": {"parallel": 5}}""");
        await PutAsync(service, """{"downloads": {"parallel": 6}}""");
        var backup = Assert.Single(_folder.Backups.List());
        _folder.Time.Advance(TimeSpan.FromSeconds(1));

        var change = await service.RestoreAsync(_folder.Backups.ReadConfig(backup), TestContext.Current.CancellationToken);

        Assert.Equal(["downloads.parallel"], Assert.IsType<ConfigChange.Applied>(change).Paths);
        Assert.Equal(5, service.Current.Downloads.Parallel);
        Assert.Equal(["restore", "change"], _folder.Backups.List().Select(kept => kept.Reason));
    }

    [Theory]
    [InlineData("../config.json")]
    [InlineData("config-20260101T000000000Z.json")]
    [InlineData("/etc/passwd")]
    public async Task A_name_that_is_no_backup_opens_and_deletes_nothing(string name)
    {
        using var service = _folder.Service();
        await PutAsync(service, """{"downloads": {"parallel": 5}}""");

        Assert.Null(_folder.Backups.Find(name));
        Assert.False(_folder.Backups.Delete(name));
        Assert.True(File.Exists(_folder.Data.ConfigFile));
    }

    [Fact]
    public async Task A_backup_that_names_tools_is_not_restored()
    {
        using var service = _folder.Service();

        var change = await service.RestoreAsync("""{"tools": {"ffmpeg": "/tmp/evil"}}""", TestContext.Current.CancellationToken);

        Assert.IsType<ConfigChange.Invalid>(change);
    }

    [Fact]
    public async Task The_history_names_what_changed_and_no_value()
    {
        using var service = _folder.Service();
        await PutAsync(service, """{"notifications": [{"name": "one", "type": "webhook", "url": "https://hooks.example/secret-token"}]}""");

        using var database = _folder.CreateDbContext();
        var remembered = await database.History.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("config.changed", remembered.Kind);
        Assert.Equal("notifications", remembered.Details["paths"]);
        Assert.DoesNotContain(remembered.Details.Values, value => value.Contains("secret-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_at_the_same_time_are_all_kept()
    {
        using var service = _folder.Service();

        await Task.WhenAll(Enumerable.Range(1, 16).Select(i => Task.Run(() => PutAsync(
            service, $$$$"""{"providers": {"p{{{{i}}}}": {"enabled": true}}}"""))));

        Assert.Equal(16, service.Current.Providers.Count);
        Assert.Equal(16, _folder.Open().Current.Providers.Count);
    }

    [Fact]
    public async Task What_a_crash_left_of_an_unfinished_write_is_not_read_and_not_in_the_way()
    {
        _folder.File = """{"downloads": {"parallel": 5}}""";
        File.WriteAllText(_folder.Data.ConfigFile + ".tmp", """{"downloads": {"para""");
        using var service = _folder.Service();
        Assert.Equal(5, service.Current.Downloads.Parallel);

        await PutAsync(service, """{"downloads": {"parallel": 6}}""");

        Assert.Equal(6, _folder.Open().Current.Downloads.Parallel);
        Assert.False(File.Exists(_folder.Data.ConfigFile + ".tmp"));
    }

    [Fact]
    public async Task A_write_that_fails_changes_nothing()
    {
        using var service = _folder.Service();
        await PutAsync(service, """{"downloads": {"parallel": 5}}""");
        Directory.CreateDirectory(_folder.Data.ConfigFile + ".tmp");

        await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(service, """{"downloads": {"parallel": 6}}"""));

        Assert.Equal(5, service.Current.Downloads.Parallel);
        Assert.Equal(5, _folder.Open().Current.Downloads.Parallel);
    }
}

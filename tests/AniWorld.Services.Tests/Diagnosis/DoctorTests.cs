using System.Collections;
using AniWorld.Data.Library;
using AniWorld.Data.Sqlite;
using AniWorld.SampleSite;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using AniWorld.Services.Outbound;
using AniWorld.Services.Tests.Catalogue;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Tests.Diagnosis;

public sealed class DoctorTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly string _library = Directory.CreateTempSubdirectory("aniworld-doctor-").FullName;
    private readonly Dictionary<string, string?> _settings;

    public DoctorTests() => _settings = new() { ["anime_directory"] = _library, ["downloads:min_free_mb"] = "0" };

    private DataFolder Data => new(_database.Folder, Path.Join(_database.Folder, "logs"));

    [Fact]
    public async Task A_healthy_installation_has_no_error()
    {
        Directory.CreateDirectory(Path.Join(_library, LibraryRoot.OwnFolder));

        var findings = await ExamineAsync();

        Assert.DoesNotContain(findings, finding => finding.Level is FindingLevel.Error);
        Assert.Contains(findings, finding => finding is { Subject: "database", Level: FindingLevel.Ok });
        Assert.Contains(findings, finding => finding is { Subject: "library", Level: FindingLevel.Ok });
        Assert.Contains(findings, finding => finding is { Subject: "log-in", Level: FindingLevel.Warning });
        Assert.Contains(findings, finding => finding is { Subject: "catalogues", Level: FindingLevel.Warning });
    }

    [Fact]
    public async Task A_damaged_database_is_an_error_and_stays_untouched()
    {
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(Data.Database, "not a database");

        var findings = await ExamineAsync();

        Assert.Contains(findings, finding => finding is { Subject: "database", Level: FindingLevel.Error });
        Assert.Equal("not a database", await File.ReadAllTextAsync(Data.Database));
    }

    [Fact]
    public async Task A_library_without_its_mark_while_the_database_knows_files_is_an_error()
    {
        await using (var database = _database.CreateDbContext())
        {
            var series = new AnimeSeries { Key = "a", Name = "A", Site = "s", Folder = "A", Link = "https://s/", Provider = "aniworld" };
            var episode = new Episode { Season = 1, Number = 1 };
            episode.Files.Add(new EpisodeFile { Path = "A/1.mp4", Language = Language.Ja });
            series.Episodes.Add(episode);
            database.Add(series);
            await database.SaveChangesAsync();
        }

        Assert.Contains(await ExamineAsync(), finding => finding is { Subject: "library", Level: FindingLevel.Error } && finding.Sentence.Contains("mount the disk"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_library));
    }

    [Fact]
    public async Task A_missing_tool_is_said_before_it_is_needed()
    {
        _settings["tools:ffmpeg"] = Path.Join(_library, "nothing");

        Assert.Contains(await ExamineAsync(), finding => finding is { Subject: "ffmpeg", Level: FindingLevel.Warning } && finding.Sentence.Contains("tool_missing"));
    }

    [Fact]
    public async Task A_tool_that_does_not_run_is_an_error()
    {
        _settings["tools:ffprobe"] = "/bin/false";

        Assert.Contains(await ExamineAsync(), finding => finding is { Subject: "ffprobe", Level: FindingLevel.Error });
    }

    [Fact]
    public async Task A_broken_profile_and_a_broken_configuration_are_errors()
    {
        Directory.CreateDirectory(Data.Providers);
        await File.WriteAllTextAsync(Path.Join(Data.Providers, "mine.json"), """{"name": "Mine!"}""");
        await File.WriteAllTextAsync(Data.ConfigFile, "{ torn");

        var findings = await ExamineAsync();

        Assert.Contains(findings, finding => finding is { Subject: "catalogues", Level: FindingLevel.Error } && finding.Sentence.Contains("mine.json"));
        Assert.Contains(findings, finding => finding is { Subject: "configuration", Level: FindingLevel.Error });
        await using var services = Services();
        Assert.Contains("mine", services.GetRequiredService<Doctor>().Profiles);
        Assert.Contains(await ProfileAsync("mine"), finding => finding.Level is FindingLevel.Error);
    }

    [Fact]
    public async Task A_profile_is_held_to_its_saved_pages()
    {
        var pages = Directory.CreateDirectory(Path.Join(Data.Providers, "pages", "aniworld")).FullName;
        foreach (var name in new[] { "search.json", "series.html", "season.html", "films.html", "episode.html" })
        {
            await File.WriteAllTextAsync(Path.Join(pages, name), SavedPages.Text(name));
        }

        var whole = await ProfileAsync("aniworld");
        await File.WriteAllTextAsync(Path.Join(pages, "series.html"), "<html><body>Redesigned</body></html>");
        var changed = await ProfileAsync("aniworld");

        Assert.Equal(7, whole.Count);
        Assert.All(whole, finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        Assert.Contains("provider_changed", Assert.Single(changed, finding => finding.Level is FindingLevel.Error).Sentence);
    }

    [Fact]
    public async Task A_profile_that_comes_along_is_held_to_the_pages_that_come_with_it()
    {
        var findings = await ProfileAsync("aniworld");

        Assert.Equal(7, findings.Count);
        Assert.All(findings, finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        Assert.Contains(findings, finding => finding.Subject == "saved season.html");
    }

    [Fact]
    public async Task A_profile_that_is_on_is_held_to_its_site()
    {
        await using var site = await RunningSampleSite.StartAsync();
        _settings["providers:aniworld:enabled"] = "true";
        _settings["providers:aniworld:base_url"] = site.BaseAddress.AbsoluteUri;
        _settings["providers:aniworld:requests_per_minute"] = "6000";
        _settings["network:allow_private_hosts:0"] = site.BaseAddress.Authority;

        var findings = await ProfileAsync("aniworld");

        Assert.All(findings, finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        Assert.Contains(findings, finding => finding.Subject.StartsWith("links of", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_library, recursive: true);
    }

    private async Task<List<Finding>> ExamineAsync()
    {
        await using var services = Services();
        return await services.GetRequiredService<Doctor>().ExamineAsync(TestContext.Current.CancellationToken).ToListAsync();
    }

    private async Task<List<Finding>> ProfileAsync(string name)
    {
        await using var services = Services();
        return await services.GetRequiredService<Doctor>().ExamineProfileAsync(name, TestContext.Current.CancellationToken).ToListAsync();
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(Data)
        .AddConfiguration(ConfigChain.Open(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build(), Data, [], new Hashtable(), TimeProvider.System))
        .AddSqliteDatabase(Data.Database)
        .AddOutbound()
        .AddCatalogue()
        .AddLibrary()
        .AddSingleton<MediaTools>()
        .AddDiagnosis()
        .BuildServiceProvider();
}

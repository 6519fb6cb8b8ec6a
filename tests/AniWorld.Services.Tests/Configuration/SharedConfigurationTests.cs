using AniWorld.Data;
using AniWorld.Data.Configuration;
using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Configuration;

/// <summary>The configuration as a row that two nodes share.</summary>
[Trait("Database", "postgresql")]
public sealed class SharedConfigurationTests : IDisposable
{
    private readonly TestDatabase _database = TestDatabase.OnServer();
    private readonly ConfigFolder _one;
    private readonly ConfigFolder _other;

    public SharedConfigurationTests() => (_one, _other) = (Node(), Node());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_change_on_one_node_is_in_force_on_the_other_without_a_restart()
    {
        var chain = _other.Open();
        using var progress = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), _other.Time);
        using var watch = new ConfigWatch(
            chain, _other.Data, new ConfigurationBuilder().Build(), progress, _other.Time, NullLogger<ConfigWatch>.Instance);
        await watch.StartAsync(Token);

        foreach (var parallel in new[] { 7, 8 })
        {
            await PutAsync(_one.Service(), $$$"""{"downloads": {"parallel": {{{parallel}}} }}""");
            _other.Time.Advance(TimeSpan.FromSeconds(2));

            Assert.Equal(parallel, chain.Current.Downloads.Parallel);
        }

        Assert.Equal(8, _one.Open().Current.Downloads.Parallel);
        Assert.False(File.Exists(_one.Data.ConfigFile) || File.Exists(_other.Data.ConfigFile));
    }

    [Fact]
    public async Task Changes_of_two_nodes_at_the_same_moment_are_both_kept()
    {
        using var one = _one.Service();
        using var other = _other.Service();
        for (var round = 2; round < 12; round++)
        {
            using var both = new Barrier(2);

            await Task.WhenAll(
                Task.Run(() => TogetherAsync(both, one, $$$"""{"downloads": {"parallel": {{{round}}} }}"""), Token),
                Task.Run(() => TogetherAsync(both, other, $$$"""{"downloads": {"connections": {{{round}}} }}"""), Token));

            var downloads = _one.Open().Current.Downloads;
            Assert.Equal((round, round), (downloads.Parallel, downloads.Connections));
        }
    }

    [Fact]
    public async Task What_goes_on_from_an_older_state_than_the_present_is_refused()
    {
        var chain = _one.Open();
        await PutAsync(_other.Service(), """{"downloads": {"parallel": 7}}""");

        Assert.Throws<ConfigConflictException>(() => chain.Put([], chain.Current, chain.Version, NullLogger.Instance));

        Assert.Equal(7, _one.Open().Current.Downloads.Parallel);
    }

    [Fact]
    public async Task A_restore_during_which_another_node_changes_the_configuration_changes_nothing()
    {
        await PutAsync(_one.Service(), """{"downloads": {"parallel": 6}}""");
        using var service = _one.Service();
        using var hold = await service.HoldAsync("""{"downloads": {"parallel": 5}}""", Token);
        await PutAsync(_other.Service(), """{"downloads": {"parallel": 7}}""");

        Assert.Throws<ConfigConflictException>(hold.Write);

        Assert.Equal(7, _one.Open().Current.Downloads.Parallel);
    }

    [Fact]
    public async Task A_restore_puts_its_configuration_in_force_and_takes_it_back()
    {
        await PutAsync(_one.Service(), """{"downloads": {"parallel": 6}}""");
        using var service = _one.Service();
        using (var hold = await service.HoldAsync("""{"downloads": {"parallel": 5}}""", Token))
        {
            hold.Write();
            Assert.Equal(5, _other.Open().Current.Downloads.Parallel);
            hold.TakeBack();
        }

        Assert.Equal(6, _other.Open().Current.Downloads.Parallel);
    }

    [Fact]
    public async Task A_row_that_cannot_be_used_is_kept_aside_and_the_newest_backup_is_in_force()
    {
        await PutAsync(_one.Service(), """{"downloads": {"parallel": 7}}""");
        await PutAsync(_one.Service(), """{"downloads": {"parallel": 8}}""");
        await using (var database = _database.CreateDbContext())
        {
            await database.Set<StoredConfiguration>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Document, """{"downloads": 5}"""), Token);
        }

        var chain = _one.Open();

        Assert.Equal(7, chain.Current.Downloads.Parallel);
        Assert.Contains("The configuration in the database is not used", Assert.Single(chain.Warnings).ToString(), StringComparison.Ordinal);
        var aside = Assert.Single(Directory.GetFiles(_one.Data.Root, "config.json.broken-*"));
        Assert.Equal("""{"downloads": 5}""", await File.ReadAllTextAsync(aside, Token));
        await PutAsync(_one.Service(chain), """{"downloads": {"parallel": 9}}""");
        Assert.Equal((9, 0), (_other.Open().Current.Downloads.Parallel, chain.Warnings.Count));
    }

    [Fact]
    public void Before_the_first_start_there_are_the_defaults()
    {
        var (name, connectionString) = TestServer.NewEmptyDatabase();
        try
        {
            _one.Settings["database:connection_string"] = connectionString + ";Pooling=false";

            var chain = _one.Open();

            Assert.Equal((3, 0), (chain.Current.Downloads.Parallel, chain.Warnings.Count));
        }
        finally
        {
            TestServer.Drop(name);
        }
    }

    [Fact]
    public void A_server_that_cannot_be_asked_leaves_the_defaults_in_force_and_that_is_said()
    {
        _one.Settings["database:connection_string"] = "Host=127.0.0.1;Port=1;Database=aniworld;Username=aniworld";

        var chain = _one.Open();

        Assert.Equal(3, chain.Current.Downloads.Parallel);
        Assert.Contains("cannot be read", Assert.Single(chain.Warnings).ToString(), StringComparison.Ordinal);
    }

    private static async Task TogetherAsync(Barrier both, ConfigService service, string patch)
    {
        both.SignalAndWait(Token);
        await PutAsync(service, patch);
    }

    private static async Task PutAsync(ConfigService service, string patch) =>
        Assert.IsType<ConfigChange.Applied>(await service.PutAsync(ConfigFolder.Json(patch), Token));

    private ConfigFolder Node()
    {
        var folder = new ConfigFolder();
        folder.Settings["database:provider"] = "postgresql";
        folder.Settings["database:connection_string"] = ((DatabasePlace.Server)_database.Place).ConnectionString;
        return folder;
    }
}

using System.Security.Cryptography;
using AniWorld.Data;
using AniWorld.Data.Catalogue;
using AniWorld.Data.Downloads;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Data.PostgreSql;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Move;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AniWorld.Services.Tests.Move;

[Trait("Database", "postgresql")]
public sealed class MoveToServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-test-").FullName;
    private readonly string _name;
    private readonly string _target;
    private readonly DataFolder _data;

    public MoveToServerTests()
    {
        (_name, _target) = TestServer.NewEmptyDatabase();
        _data = new DataFolder(_folder, _folder);
        using var database = Source();
        database.Database.Migrate();
        database.AddRange(Enumerable.Range(1, 30).Select(SeriesOf));
        database.Add(new HistoryEvent { Kind = "with\0nul and 漢字", CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)) });
        database.Add(new SourceHealth { Kind = "hoster", Name = "Rangeo", LatencyMs = 0.1, Speed = 1e9 });
        database.Add(new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = "s-1",
            SeriesName = "S",
            SeriesFolder = "S",
            Season = 1,
            Number = 1,
            Language = Language.DeDub,
            DeletedAt = DateTimeOffset.UtcNow,
        });
        database.SaveChanges();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        TestServer.Drop(_name);
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task All_rows_are_there_also_the_hidden_ones_and_the_source_is_as_it_was()
    {
        SqliteConnection.ClearAllPools();
        var before = HashOf(_data.Database);

        var tables = await MoveAsync();

        Assert.Equal((30, 90, 1), (RowsOf(tables, "Series"), RowsOf(tables, "Episodes"), RowsOf(tables, "Downloads")));
        Assert.Equal(before, HashOf(_data.Database));
        await using var target = Target();
        var series = await target.Series.Include(s => s.Episodes).SingleAsync(s => s.Key == "s-7", Token);
        Assert.Equal(("Folge 2 von 7", 3), (series.Episodes.Single(e => e.Number == 2).Titles["de"], series.Episodes.Count));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 1, 4, 5, 678, TimeSpan.Zero), (await target.History.SingleAsync(Token)).CreatedAt);
        Assert.Empty(Directory.EnumerateFiles(_folder, "move.tmp*"));
    }

    [Fact]
    public async Task Configuration_and_keys_become_rows()
    {
        Directory.CreateDirectory(_data.Keys);
        await File.WriteAllTextAsync(_data.ConfigFile, """{"downloads": {"parallel": 7}}""", Token);
        var signing = SigningKeyFile.ReadOrCreate(_data.Keys);
        await File.WriteAllTextAsync(Path.Join(_data.Keys, "key-1.xml"), "<key/>", Token);

        await MoveAsync();

        await using var target = (PostgreSqlContext)Target();
        var configuration = await target.Configurations.SingleAsync(Token);
        Assert.Equal(("""{"downloads": {"parallel": 7}}""", 1), (configuration.Document, configuration.Version));
        Assert.Equal(signing, (await target.SharedKeys.SingleAsync(Token)).Bytes);
        Assert.Equal("<key/>", (await target.DataProtectionKeys.SingleAsync(key => key.FriendlyName == "key-1", Token)).Xml);
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_used_is_not_left_behind_unsaid()
    {
        await File.WriteAllTextAsync(_data.ConfigFile, """{"downloads": 5}""", Token);

        var refusal = await Assert.ThrowsAsync<FaultException>(MoveAsync);

        Assert.Contains("config.json", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_rows_are_numbered_after_those_that_were_moved()
    {
        await MoveAsync();

        await using var target = Target();
        target.Add(SeriesOf(31));
        await target.SaveChangesAsync(Token);

        Assert.Equal(31, await target.Series.IgnoreQueryFilters().CountAsync(Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(45)]
    [InlineData(90)]
    public async Task Cut_short_anywhere_it_goes_on_with_the_next_call(int rows)
    {
        using var killed = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MoveToServer.RunAsync(
            _data, _target, TimeProvider.System, progress => Stop(progress), killed.Token));

        await using (var target = PostgreSqlDatabase.Source(_target))
        {
            await Assert.ThrowsAsync<UnusableDatabaseException>(
                () => new PostgreSqlMigrator(new PostgreSqlContextFactory(target, TimeProvider.System), _ => Task.CompletedTask).MigrateAsync(Token));
        }

        var tables = await MoveAsync();

        Assert.Equal((30, 90), (RowsOf(tables, "Series"), RowsOf(tables, "Episodes")));

        void Stop(MoveProgress progress)
        {
            if (!progress.Verified && ++seen == rows)
            {
                killed.Cancel();
            }
        }
    }

    [Fact]
    public async Task What_changed_here_between_two_tries_is_what_arrives()
    {
        using var killed = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MoveToServer.RunAsync(
            _data, _target, TimeProvider.System, progress => Stop(progress), killed.Token));
        await using (var source = Source())
        {
            await source.Series.Where(s => s.Key == "s-3").ExecuteUpdateAsync(set => set.SetProperty(s => s.Name, "Renamed"), Token);
        }

        await MoveAsync();

        await using var target = Target();
        Assert.Equal("Renamed", (await target.Series.SingleAsync(s => s.Key == "s-3", Token)).Name);
        Assert.Equal(90, await target.Episodes.IgnoreQueryFilters().CountAsync(Token));

        void Stop(MoveProgress progress)
        {
            if (progress is { Verified: true, Table: "Episodes" })
            {
                killed.Cancel();
            }
        }
    }

    [Fact]
    public async Task A_second_move_finds_all_there_and_changes_nothing()
    {
        var first = await MoveAsync();

        Assert.Equal(first, await MoveAsync());
    }

    [Fact]
    public async Task A_database_with_other_data_is_refused_and_left_alone()
    {
        await MoveAsync();
        await using (var target = Target())
        {
            await target.Series.Where(s => s.Key == "s-3").ExecuteUpdateAsync(set => set.SetProperty(s => s.Name, "Theirs"), Token);
        }

        await Assert.ThrowsAsync<FaultException>(MoveAsync);

        await using var after = Target();
        Assert.Equal("Theirs", (await after.Series.SingleAsync(s => s.Key == "s-3", Token)).Name);
    }

    [Fact]
    public async Task A_database_with_tables_of_another_program_is_refused()
    {
        await using (var source = PostgreSqlDatabase.Source(_target))
        await using (var command = source.CreateCommand("CREATE TABLE invoices (id int)"))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        var refusal = await Assert.ThrowsAsync<FaultException>(MoveAsync);

        Assert.Contains("invoices", refusal.Message, StringComparison.Ordinal);
    }

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private static long RowsOf(IReadOnlyList<TableContent> tables, string name) => tables.Single(table => table.Table == name).Rows;

    private static AnimeSeries SeriesOf(int number)
    {
        var series = new AnimeSeries
        {
            Key = $"s-{number}",
            Name = $"Serie {number}",
            Site = "site.example",
            Folder = $"Serie {number}",
            Link = $"https://site.example/anime/stream/s-{number}",
            Provider = "aniworld",
            DeletedAt = number == 30 ? DateTimeOffset.UtcNow : null,
        };
        for (var episode = 1; episode <= 3; episode++)
        {
            series.Episodes.Add(new Episode { Season = 1, Number = episode, Titles = { ["de"] = $"Folge {episode} von {number}" } });
        }

        return series;
    }

    private Task<IReadOnlyList<TableContent>> MoveAsync() => MoveToServer.RunAsync(_data, _target, TimeProvider.System, _ => { }, Token);

    private AniWorldDbContext Source()
    {
        var options = new DbContextOptionsBuilder<AniWorldDbContext>();
        SqliteDatabase.Configure(options, _data.Database, TimeProvider.System);
        return new AniWorldDbContext(options.Options);
    }

    private AniWorldDbContext Target() =>
        new PostgreSqlContextFactory(PostgreSqlDatabase.Source(_target + ";Pooling=false"), TimeProvider.System).CreateDbContext();
}

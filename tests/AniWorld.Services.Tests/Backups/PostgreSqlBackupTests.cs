using System.Text;
using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.Configuration;
using AniWorld.Data.Downloads;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Data.PostgreSql;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AniWorld.Services.Tests.Backups;

/// <summary>Copies of a database on PostgreSQL by the real <c>pg_dump</c>, and their way back. What is in a copy is never run.</summary>
[Trait("Database", "postgresql")]
public sealed class PostgreSqlBackupTests : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.OnServer();
    private readonly NpgsqlDataSource _source;
    private readonly PostgreSqlCopies _copies;

    public PostgreSqlBackupTests()
    {
        var place = (DatabasePlace.Server)_database.Place;
        _source = PostgreSqlDatabase.Source(place.ConnectionString);
        _copies = new PostgreSqlCopies(place, _source, () => PostgreSqlServer.PathOf("pg_dump"), TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Copy => Path.Join(_database.Folder, "copy.sql");

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task What_was_backed_up_comes_back_and_what_came_since_goes()
    {
        await FillAsync();
        Assert.Equal(LastMigration(), await MakeAsync());
        await RememberAsync("since");

        await _copies.PrepareAsync(Copy, Token);
        await RestoreAsync(mark: 77);

        await using var database = _database.CreateDbContext();
        Assert.Equal(["tab\tand \\ and\nline"], await database.History.Select(h => h.Kind).ToListAsync(Token));
        Assert.Equal("Folge 1", (await database.Episodes.SingleAsync(Token)).Titles["de"]);
        Assert.Equal(77, await _copies.MarkAsync(Token));
        database.Add(HistoryEvent.Of("new numbers go on"));
        await database.SaveChangesAsync(Token);
        Assert.Equal(0, await SchemasLeftAsync());
    }

    [Fact]
    public async Task Configuration_and_keys_are_in_no_copy_and_stay_as_they_are()
    {
        await FillAsync();
        await using (var database = _database.CreateDbContext())
        {
            database.Add(new StoredConfiguration { Document = """{"network": {"proxy": "http://joe:geheim@proxy"}}""", Version = 3 });
            database.Add(new SharedKey { Name = SharedKey.Signing, Bytes = "the signing key!"u8.ToArray() });
            database.Add(new DataProtectionKey { FriendlyName = "key-1", Xml = "<key>pages</key>" });
            await database.SaveChangesAsync(Token);
        }

        await MakeAsync();
        await RestoreAsync(mark: 1);

        var copy = await File.ReadAllTextAsync(Copy, Token);
        Assert.DoesNotContain("geheim", copy, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower("the signing key!"u8), copy, StringComparison.Ordinal);
        Assert.DoesNotContain("pages", copy, StringComparison.Ordinal);
        await using var after = (PostgreSqlContext)_database.CreateDbContext();
        Assert.Equal((3, 1, 1), (await after.Configurations.SumAsync(row => row.Version, Token), await after.SharedKeys.CountAsync(Token), await after.DataProtectionKeys.CountAsync(Token)));
    }

    [Fact]
    public async Task A_restore_that_was_cut_short_also_puts_its_configuration_in_force()
    {
        await FillAsync();
        await MakeAsync();
        await RememberAsync("since");
        var data = new DataFolder(_database.Folder, _database.Folder);
        var unpacked = UnpackedBackup.Create(data.Restore);
        File.Copy(Copy, unpacked.PathOf(BackupPart.Database));
        await File.WriteAllTextAsync(unpacked.PathOf(BackupPart.Config), "the configuration", Token);
        unpacked.Publish();
        var configured = new List<string>();

        RestoreFinish.Run(data, _database.Place);
        for (var start = 0; start < 2; start++)
        {
            await RestoreFinish.RunAsync(data, _copies, Configure, Token);
        }

        Assert.Equal((1, unpacked.Mark), (await CountAsync(), await _copies.MarkAsync(Token)));
        Assert.Equal(["the configuration"], configured);
        Assert.False(File.Exists(data.ConfigFile) || Directory.Exists(data.Restore));

        Task Configure(string text)
        {
            configured.Add(text);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_was_under_way_then_is_nobody_s_now()
    {
        await FillAsync();
        await MakeAsync();

        await RestoreAsync(mark: 1);

        await using var database = _database.CreateDbContext();
        var item = await database.Downloads.SingleAsync(Token);
        Assert.Equal((DownloadStatus.Pending, null, 1), (item.Status, item.LeaseOwner, item.LeaseNumber));
    }

    [Fact]
    public async Task Tables_that_are_kept_stay_and_a_restore_that_does_not_come_to_its_end_changes_nothing()
    {
        await FillAsync();
        await MakeAsync();
        await RememberAsync("since");

        await using (var replacement = await _copies.BeginAsync(Copy, Token))
        {
            await replacement.CopyRowsAsync(new HashSet<string>(), 5, Token);
        }

        Assert.Equal(2, await CountAsync());
        Assert.Equal(0, await _copies.MarkAsync(Token));
        await using (var replacement = await _copies.BeginAsync(Copy, Token))
        {
            await replacement.CopyRowsAsync(new HashSet<string> { nameof(AniWorldDbContext.History) }, 5, Token);
            await replacement.CommitAsync(Token);
        }

        Assert.Equal(2, await CountAsync());
    }

    [Theory]
    [InlineData("DROP TABLE \"History\" CASCADE;\n")]
    [InlineData("CREATE FUNCTION f() RETURNS void AS $$ DELETE FROM \"History\" $$ LANGUAGE sql;\nSELECT f();\n")]
    [InlineData("COPY \"History\" (\"Kind\") FROM PROGRAM 'touch /tmp/owned';\n")]
    [InlineData("\\! touch /tmp/owned\n")]
    public async Task A_program_in_a_copy_is_passed_over(string program)
    {
        await FillAsync();
        await MakeAsync();
        await File.WriteAllTextAsync(Copy, program + await File.ReadAllTextAsync(Copy, Token) + program, Token);

        await RestoreAsync(mark: 3);

        Assert.Equal(1, await CountAsync());
        Assert.False(File.Exists("/tmp/owned"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a dump at all")]
    [InlineData("COPY a (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! FROM stdin;\n")]
    [InlineData("COPY public.\"History\" (\"Id\") FROM stdin;\n1\n")]
    [InlineData("COPY public.\"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") FROM stdin;\n99990101000000_Tomorrow\t99\n\\.\n")]
    public async Task What_is_no_copy_of_an_aniworld_that_is_known_is_refused_and_nothing_is_left_of_it(string text)
    {
        await FillAsync();
        await File.WriteAllTextAsync(Copy, text, Token);

        await Assert.ThrowsAsync<UnusableDatabaseException>(() => _copies.PrepareAsync(Copy, Token));

        Assert.Equal((1, 0), (await CountAsync(), await SchemasLeftAsync()));
    }

    [Fact]
    public async Task A_copy_with_a_line_without_end_is_refused_before_it_is_read()
    {
        await FillAsync();
        await File.WriteAllTextAsync(Copy, "COPY public.\"History\" (\"Id\") FROM stdin;\n" + new string('1', (16 << 20) + 1), Token);

        var refused = await Assert.ThrowsAsync<UnusableDatabaseException>(() => _copies.PrepareAsync(Copy, Token));

        Assert.Contains("too long", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_whose_rows_do_not_fit_together_is_refused()
    {
        await FillAsync();
        await MakeAsync();
        var lines = await File.ReadAllLinesAsync(Copy, Token);
        var series = Array.FindIndex(lines, line => line.StartsWith("COPY public.\"Series\"", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(Copy, [.. lines[..(series + 1)], .. lines[(series + 2)..]], new UTF8Encoding(false), Token);

        await Assert.ThrowsAsync<UnusableDatabaseException>(() => _copies.PrepareAsync(Copy, Token));
    }

    [Fact]
    public async Task Without_pg_dump_it_is_said_what_is_missing()
    {
        var without = new PostgreSqlCopies((DatabasePlace.Server)_database.Place, _source, () => null, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<FaultException>(() => without.MakeAsync(Copy, Token));

        Assert.Equal(FaultCode.ToolMissing, fault.Code);
    }

    private string LastMigration()
    {
        using var database = _database.CreateDbContext();
        return database.Database.GetMigrations().Last();
    }

    private async Task<string?> MakeAsync()
    {
        await File.WriteAllTextAsync(Copy, "", Token);
        return await _copies.MakeAsync(Copy, Token);
    }

    private async Task RestoreAsync(int mark)
    {
        await using var replacement = await _copies.BeginAsync(Copy, Token);
        await replacement.CopyRowsAsync(RestoreService.Kept, mark, Token);
        await replacement.CommitAsync(Token);
    }

    private async Task FillAsync()
    {
        await RememberAsync("tab\tand \\ and\nline");
        await using var database = _database.CreateDbContext();
        var series = new AnimeSeries { Key = "s", Name = "S", Site = "s", Folder = "S", Link = "https://s.example/", Provider = "aniworld" };
        series.Episodes.Add(new Episode { Season = 1, Number = 1, Titles = { ["de"] = "Folge 1" } });
        database.Add(series);
        database.Add(new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = "s",
            SeriesName = "S",
            SeriesFolder = "S",
            Season = 1,
            Number = 1,
            Language = Language.DeDub,
            Status = DownloadStatus.Downloading,
            LeaseOwner = "somebody",
            LeaseUntil = DateTimeOffset.UtcNow,
        });
        await database.SaveChangesAsync(Token);
    }

    private async Task RememberAsync(string kind)
    {
        await using var database = _database.CreateDbContext();
        database.Add(HistoryEvent.Of(kind));
        await database.SaveChangesAsync(Token);
    }

    private async Task<int> CountAsync()
    {
        await using var database = _database.CreateDbContext();
        return await database.History.CountAsync(Token);
    }

    private async Task<long> SchemasLeftAsync()
    {
        await using var command = _source.CreateCommand("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'aniworld_restore%'");
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}

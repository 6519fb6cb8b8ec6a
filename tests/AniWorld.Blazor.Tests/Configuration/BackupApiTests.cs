using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AniWorld.Blazor.Tests.Database;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Configuration;

/// <summary>Backups over HTTP, on the whole server.</summary>
[Trait("Kind", "api")]
public sealed class BackupApiTests
{
    private const string Address = "/api/config/backups";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_is_made_listed_handed_out_and_deleted()
    {
        await using var server = await AniWorldServer.StartReadyAsync();

        using var made = await server.Http.PostAsync(Address, null, Token);
        var backup = await made.Content.ReadFromJsonAsync<JsonElement>(Token);
        var name = backup.GetProperty("name").GetString()!;
        var zip = await server.Http.GetByteArrayAsync($"{Address}/{name}", Token);

        Assert.Equal((HttpStatusCode.Created, $"{Address}/{name}"), (made.StatusCode, made.Headers.Location?.OriginalString));
        Assert.Equal(["name", "size_bytes", "created_at", "reason", "parts"], backup.EnumerateObject().Select(member => member.Name));
        Assert.Equal("manual", backup.GetProperty("reason").GetString());
        Assert.Equal(name, (await server.GetAsync(Address))[0].GetProperty("name").GetString());
        Assert.Equal(zip.Length, backup.GetProperty("size_bytes").GetInt64());
        using (var archive = new ZipArchive(new MemoryStream(zip)))
        {
            Assert.Equal(["aniworld.db", "config.json", "manifest.json"], archive.Entries.Select(entry => entry.FullName).Order());
        }

        using var deleted = await server.Http.DeleteAsync($"{Address}/{name}", Token);
        using var again = await server.Http.DeleteAsync($"{Address}/{name}", Token);
        using var gone = await server.Http.GetAsync($"{Address}/{name}", Token);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task No_key_is_in_a_backup()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var key = await File.ReadAllBytesAsync(Path.Join(server.Folder, "data", "keys", "jwt.key"), Token);

        using var archive = new ZipArchive(new MemoryStream(await BackUpAsync(server)));

        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            await using (var packed = await entry.OpenAsync(Token))
            {
                await packed.CopyToAsync(content, Token);
            }

            Assert.Equal(-1, content.ToArray().AsSpan().IndexOf(key));
            Assert.Equal(-1, content.ToArray().AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(key))));
        }
    }

    [Fact]
    public async Task Both_parts_are_restored_and_what_was_before_can_be_had_back()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.PostAsync("/api/queue/stop");
        await server.AddAsync("kurz-und-knapp");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        await server.PutConfigAsync(new { downloads = new { parallel = 5 } });
        var name = (await server.PostAsync(Address)).GetProperty("name").GetString();
        await server.EnqueueAsync("kurz-und-knapp", (1, 2));
        await server.PutConfigAsync(new { downloads = new { parallel = 6 } });

        var restored = await server.PostAsync($"{Address}/{name}/restore", new { parts = new[] { "config", "database" } });

        Assert.Equal((1, 5), await StateAsync(server));
        var safety = restored.GetProperty("safety_backup").GetString();
        await server.PostAsync($"{Address}/{safety}/restore", new { parts = new[] { "database", "config" } });
        Assert.Equal((2, 6), await StateAsync(server));
        Assert.False(Directory.Exists(Path.Join(server.Folder, "data", "restore")));
    }

    [Fact]
    public async Task The_configuration_alone_is_restored_by_default_and_the_database_when_it_is_asked_for()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.PostAsync("/api/queue/stop");
        await server.AddAsync("kurz-und-knapp");
        await server.PutConfigAsync(new { downloads = new { parallel = 5 } });
        var name = (await server.PostAsync(Address)).GetProperty("name").GetString();
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        await server.PutConfigAsync(new { downloads = new { parallel = 6 } });

        await server.PostAsync($"{Address}/{name}/restore");
        Assert.Equal((1, 5), await StateAsync(server));

        await server.PutConfigAsync(new { downloads = new { parallel = 7 } });
        await server.PostAsync($"{Address}/{name}/restore", new { parts = new[] { "database" } });
        Assert.Equal((0, 7), await StateAsync(server));
    }

    [Fact]
    public async Task Who_was_let_in_stays_so_and_who_was_put_out_does_not_come_back()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var other = await server.LogInAsync();
        var name = (await server.PostAsync(Address)).GetProperty("name").GetString();
        await server.PostAsync("/api/auth/logout");
        await server.LogInAsync();

        await server.PostAsync($"{Address}/{name}/restore", new { parts = new[] { "database" } });

        Assert.NotEmpty((await server.GetAsync(Address)).EnumerateArray());
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", other);
        using var refused = await server.Http.GetAsync(Address, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_backup_of_another_server_is_taken_in_and_restored()
    {
        await using var one = await AniWorldServer.StartReadyAsync();
        await one.AddAsync("kurz-und-knapp");
        await using var other = await AniWorldServer.StartReadyAsync();

        using var uploaded = await UploadAsync(other, await BackUpAsync(one));
        var backup = await uploaded.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((HttpStatusCode.Created, "upload"), (uploaded.StatusCode, backup.GetProperty("reason").GetString()));
        await other.PostAsync($"{Address}/{backup.GetProperty("name")}/restore", new { parts = new[] { "database" } });

        Assert.Equal(3, (await other.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("episode_count").GetInt32());
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_migrated()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var zip = await OlderAsync(server);

        using var uploaded = await UploadAsync(server, zip);
        var backup = await uploaded.Content.ReadFromJsonAsync<JsonElement>(Token);
        await server.PostAsync($"{Address}/{backup.GetProperty("name")}/restore", new { parts = new[] { "database" } });

        await using var database = await DatabaseAsync(server);
        Assert.Empty(await database.Database.GetPendingMigrationsAsync(Token));
        Assert.Equal("from-long-ago", (await database.Series.SingleAsync(Token)).Key);
    }

    [Fact]
    public async Task What_is_no_backup_is_422_and_changes_nothing()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");
        var before = (await server.GetAsync(Address)).GetArrayLength();
        using var evil = new MemoryStream();
        using (var zip = new ZipArchive(evil, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("../keys/jwt.key");
        }

        using var answer = await UploadAsync(server, evil.ToArray());

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("does not belong there", problem.GetProperty("errors").GetProperty("body")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(before, (await server.GetAsync(Address)).GetArrayLength());
        Assert.Equal(before, Directory.GetFileSystemEntries(Path.Join(server.Folder, "data", "backups")).Length);
    }

    [Fact]
    public async Task An_upload_has_a_limit_of_its_own_and_takes_zips_only()
    {
        await using var server = await AniWorldServer.StartReadyAsync(
            null, "--limits.backup_bytes", "3000000", "--limits.api_body_bytes", "100000");

        using var larger = await UploadAsync(server, new byte[3_000_001]);
        using var fits = await UploadAsync(server, new byte[2_000_000]);
        using var json = await server.Http.PostAsJsonAsync($"{Address}/upload", new { zip = "x" }, Token);

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnsupportedMediaType),
            (larger.StatusCode, fits.StatusCode, json.StatusCode));
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(Path.Join(server.Folder, "data", "backups")), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"parts": []}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"parts": ["keys"]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"parts": "config"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"part": ["config"]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"parts": ["database"]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("""{"parts": ["config"]}""", HttpStatusCode.OK)]
    public async Task Parts_are_such_as_the_backup_holds(string body, HttpStatusCode status)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.PutConfigAsync(new { downloads = new { parallel = 5 } });
        var change = (await server.GetAsync(Address))[0].GetProperty("name").GetString();

        using var answer = await server.Http.PostAsync($"{Address}/{change}/restore", new StringContent(body, Encoding.UTF8, "application/json"), Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? 3 : 5, (await server.GetAsync("/api/config")).GetProperty("downloads").GetProperty("parallel").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_restored_over_a_scan_that_runs_and_none_of_an_unknown_name()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var name = (await server.PostAsync(Address)).GetProperty("name").GetString();
        await using (var database = await DatabaseAsync(server))
        {
            database.Add(new ScanRun { Id = Guid.NewGuid(), StartedAt = DateTimeOffset.UtcNow, State = ScanState.Running });
            await database.SaveChangesAsync(Token);
        }

        using var busy = await server.Http.PostAsJsonAsync($"{Address}/{name}/restore", new { parts = new[] { "database" } }, Token);
        using var unknown = await server.Http.PostAsJsonAsync($"{Address}/..%2Fconfig.json/restore", new { }, Token);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (busy.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task A_backup_between_many_writes_is_of_one_moment()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.PostAsync("/api/queue/stop");
        using var stop = new CancellationTokenSource();
        var acknowledged = 0;
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(writer), Token)).ToList();
        var backups = new List<(string Name, int Before, int After)>();
        for (var i = 0; i < 3; i++)
        {
            await UntilAsync(() => Volatile.Read(ref acknowledged) >= 15 * (i + 1));
            var before = Volatile.Read(ref acknowledged);
            var name = (await server.PostAsync(Address)).GetProperty("name").GetString()!;
            // Those that are under way may have got in, too.
            backups.Add((name, before, Volatile.Read(ref acknowledged) + writers.Count));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);

        foreach (var (name, before, after) in backups)
        {
            await server.PostAsync($"{Address}/{name}/restore", new { parts = new[] { "database" } });
            await using var database = await DatabaseAsync(server);
            var items = await database.Downloads.Select(item => new { item.SeriesKey, item.Number }).ToListAsync(Token);
            Assert.InRange(items.Count / 2, before, after);
            Assert.All(items.GroupBy(item => item.SeriesKey), own => Assert.Equal(
                Enumerable.Range(1, own.Count() / 2).SelectMany(number => new[] { number, 1_000_000 + number }).Order(), own.Select(item => item.Number).Order()));
        }

        // Each write is a pair, and each writer's come one after the other: half a pair or a gap would be no moment.
        async Task WriteAsync(int writer)
        {
            for (var number = 1; !stop.IsCancellationRequested; number++)
            {
                await using var database = await DatabaseAsync(server);
                database.AddRange(Item(writer, number), Item(writer, 1_000_000 + number));
                await database.SaveChangesAsync(Token);
                Interlocked.Increment(ref acknowledged);
            }
        }
    }

    private static DownloadQueueItem Item(int writer, int number) => new()
    {
        Id = Guid.NewGuid(),
        SeriesKey = $"series-{writer}",
        SeriesName = "",
        SeriesFolder = "",
        Season = 1,
        Number = number,
        Language = Language.DeDub,
        Position = number,
    };

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(Token);
        }
    }

    private static Task<AniWorldDbContext> DatabaseAsync(AniWorldServer server) =>
        server.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContextAsync(Token);

    private static async Task<(int Queued, int Parallel)> StateAsync(AniWorldServer server) => (
        (await server.GetAsync("/api/queue/items")).GetArrayLength(),
        (await server.GetAsync("/api/config")).GetProperty("downloads").GetProperty("parallel").GetInt32());

    private static async Task<byte[]> BackUpAsync(AniWorldServer server) =>
        await server.Http.GetByteArrayAsync($"{Address}/{(await server.PostAsync(Address)).GetProperty("name")}", Token);

    private static async Task<HttpResponseMessage> UploadAsync(AniWorldServer server, byte[] zip)
    {
        using var content = new ByteArrayContent(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        // What is refused by its length is refused before it is sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/upload") { Content = content, Headers = { ExpectContinue = true } };
        return await server.Http.SendAsync(request, Token);
    }

    /// <summary>A backup whose database has the first migration only.</summary>
    private static async Task<byte[]> OlderAsync(AniWorldServer server)
    {
        var path = Path.Join(server.Folder, "older.db");
        await OlderDatabase.MakeAsync(path);
        var content = await File.ReadAllBytesAsync(path, Token);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            format = 1,
            version = "0.0.1",
            created_at = "2026-01-01T00:00:00Z",
            reason = "manual",
            parts = new { database = new { size_bytes = content.Length, sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)) } },
        });
        using var stream = new MemoryStream();
        await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in new[] { ("manifest.json", manifest), ("aniworld.db", content) })
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync(Token);
                await entry.WriteAsync(bytes, Token);
            }
        }

        return stream.ToArray();
    }
}

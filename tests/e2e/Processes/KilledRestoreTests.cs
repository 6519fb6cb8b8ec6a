using System.Net.Http.Json;

namespace AniWorld.E2E.Processes;

/// <summary>kill -9 in the middle of a restore of both parts: the next start has the old state or the new one, and the safety backup with it.</summary>
[Trait("Kind", "kill")]
public sealed class KilledRestoreTests
{
    private const int Seed = 20261122;
    private const int Rounds = 8;
    private const string Series = "chronik-der-tausend-boten";

    [Fact]
    public async Task A_restore_that_is_killed_is_done_or_not()
    {
        await using var server = await ReadyServer.StartAsync();
        await server.PostAsync("/api/queue/stop");
        await server.AddAsync(Series);
        await server.PutConfigAsync(new { downloads = new { parallel = 5 }, backup = new { keep_count = 1_000 } });
        await server.EnqueueAsync(Series, "normal", 1, 1);
        var backup = (await server.PostAsync("/api/config/backups")).GetProperty("name").GetString();
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await server.PutConfigAsync(new { downloads = new { parallel = 6 } });
            await server.EnqueueAsync(Series, "normal", 1, 2);

            var restore = server.Http.PostAsJsonAsync($"/api/config/backups/{backup}/restore", new { parts = new[] { "config", "database" } });
            await Task.WhenAny(restore, WaitForStepAsync(server, random.Next(4)));
            await server.Process.KillAsync();
            await EndedAsync(restore);
            await server.Process.StartAgainAsync();

            var items = (await server.ItemsAsync()).Count;
            var parallel = (await server.GetAsync("/api/config")).GetProperty("downloads").GetProperty("parallel").GetInt32();
            Assert.Contains((items, parallel), new[] { (1, 5), (2, 6) });
            if (items == 1)
            {
                Assert.Contains((await server.GetAsync("/api/config/backups")).EnumerateArray(), kept => kept.GetProperty("reason").GetString() == "restore");
            }

            Assert.False(Directory.Exists(Path.Join(server.Process.Data, "restore")));
            Assert.Equal(["ok"], DatabaseFile.Ask(server.Process.Data, "PRAGMA integrity_check"));
        }
    }

    /// <summary>What a restore leaves on disk as it goes on: the moments at which it is killed.</summary>
    private static Task WaitForStepAsync(ReadyServer server, int step)
    {
        var folder = Path.Join(server.Process.Data, "restore");
        return ReadyServer.WaitAsync(
            () => Task.FromResult(step switch
            {
                0 => Directory.Exists(folder),
                1 => File.Exists(Path.Join(folder, "aniworld.db")),
                2 => Directory.EnumerateFiles(Path.Join(server.Process.Data, "backups"), "*-restore.zip*").Any(),
                _ => File.Exists(Path.Join(folder, "ready")),
            }),
            () => $"step {step}");
    }

    private static async Task EndedAsync(Task<HttpResponseMessage> restore)
    {
        try
        {
            (await restore).Dispose();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
        }
    }
}

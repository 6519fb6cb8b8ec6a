using System.Net.Http.Json;
using Microsoft.Data.Sqlite;

namespace AniWorld.Blazor.Tests.Database;

/// <summary>Another program, such as a backup or a shell, holds the database's write lock.</summary>
[Trait("Kind", "api")]
public sealed class BusyDatabaseTests
{
    [Fact]
    public async Task Requests_wait_for_a_write_lock_held_elsewhere_and_then_succeed()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await server.AddAsync("kurz-und-knapp");
        await server.PostAsync("/api/queue/stop");
        await using var other = new SqliteConnection($"Data Source={Path.Join(server.Folder, "data", "aniworld.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync("BEGIN IMMEDIATE");

        var writes = Enumerable.Range(1, 3).Select(episode => server.EnqueueAsync("kurz-und-knapp", (1, episode))).ToList();
        var ignore = server.Http.PatchAsJsonAsync(
            "/api/anime/kurz-und-knapp/episodes", new { episodes = new[] { new { season = 1, episode = 3 } }, ignored = true });
        Assert.Equal(3, (await server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("episode_count").GetInt32());
        Assert.Equal(0, (await server.GetAsync("/api/queue/items")).GetArrayLength());
        Assert.DoesNotContain(writes, write => write.IsCompleted);

        await RunAsync("COMMIT");
        var answers = await Task.WhenAll(writes);
        Assert.All(answers, answer => Assert.Equal(1, answer.GetProperty("added").GetArrayLength()));
        Assert.True((await ignore).IsSuccessStatusCode);
        Assert.Equal(3, (await server.GetAsync("/api/queue/items")).GetArrayLength());

        async Task RunAsync(string sql)
        {
            await using var command = other.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}

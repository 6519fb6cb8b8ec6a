using System.Net;
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
        await using var other = await OpenAsync(server);
        await RunAsync(other, "BEGIN IMMEDIATE");

        var writes = Enumerable.Range(1, 3).Select(episode => server.EnqueueAsync("kurz-und-knapp", (1, episode))).ToList();
        var ignore = server.Http.PatchAsJsonAsync(
            "/api/anime/kurz-und-knapp/episodes", new { episodes = new[] { new { season = 1, episode = 3 } }, ignored = true });
        Assert.Equal(3, (await server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("episode_count").GetInt32());
        Assert.Equal(0, (await server.GetAsync("/api/queue/items")).GetArrayLength());
        Assert.DoesNotContain(writes, write => write.IsCompleted);

        await RunAsync(other, "COMMIT");
        var answers = await Task.WhenAll(writes);
        Assert.All(answers, answer => Assert.Equal(1, answer.GetProperty("added").GetArrayLength()));
        Assert.True((await ignore).IsSuccessStatusCode);
        Assert.Equal(3, (await server.GetAsync("/api/queue/items")).GetArrayLength());
    }

    [Fact]
    public async Task One_that_is_held_too_long_is_refused_with_503_and_a_time_to_come_back_and_changes_nothing()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--limits.database_busy_seconds", "0.1");
        await server.AddAsync("kurz-und-knapp");
        await server.PostAsync("/api/queue/stop");
        var order = new { serie_id = "kurz-und-knapp", episodes = new[] { new { season = 1, episode = 1 } } };
        await using var other = await OpenAsync(server);
        await RunAsync(other, "BEGIN IMMEDIATE");

        using var refused = await server.Http.PostAsJsonAsync("/api/queue/add", order, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(0, (await server.GetAsync("/api/queue/items")).GetArrayLength());
        Assert.Equal(3, (await server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("episode_count").GetInt32());

        await RunAsync(other, "COMMIT");
        Assert.Equal(1, (await server.PostAsync("/api/queue/add", order)).GetProperty("added").GetArrayLength());
    }

    private static async Task<SqliteConnection> OpenAsync(AniWorldServer server)
    {
        var connection = new SqliteConnection($"Data Source={Path.Join(server.Folder, "data", "aniworld.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

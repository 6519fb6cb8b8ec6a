using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using AniWorld.Services.Nodes;

namespace AniWorld.Services.Tests.Nodes;

/// <summary>Turns that nodes take on a real PostgreSQL.</summary>
[Trait("Database", "postgresql")]
public sealed class NodeTurnsTests : IDisposable
{
    private readonly TestDatabase _database = TestDatabase.OnServer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Address => ((DatabasePlace.Server)_database.Place).ConnectionString;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task One_node_has_a_turn_until_it_gives_it_back()
    {
        await using var source = PostgreSqlDatabase.Source(Address);
        await using var others = PostgreSqlDatabase.Source(Address);
        var (one, other) = (new NodeTurns(source), new NodeTurns(others));

        await using (await one.TryTakeAsync("scan", Token))
        {
            Assert.Null(await other.TryTakeAsync("scan", TimeSpan.Zero, Token));
            await using var different = await other.TryTakeAsync("backup", TimeSpan.Zero, Token);
            Assert.NotNull(different);
        }

        await using var next = await other.TryTakeAsync("scan", Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_node_that_says_nothing_for_too_long_loses_its_turn_and_learns_of_it()
    {
        // The server's patience is shorter here than the pause between two words of a node that lives.
        await using var source = PostgreSqlDatabase.Source(Address + ";Options=-c idle_in_transaction_session_timeout=500ms");
        await using var others = PostgreSqlDatabase.Source(Address);
        await using var silent = await new NodeTurns(source).TryTakeAsync("scan", Token);

        await using var next = await new NodeTurns(others).TryTakeAsync("scan", TimeSpan.FromMinutes(1), Token);

        Assert.NotNull(next);
        var lost = new TaskCompletionSource();
        await using var told = silent!.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }
}

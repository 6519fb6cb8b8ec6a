using System.Reflection;
using AniWorld.Data;
using AniWorld.Data.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Nodes;

/// <summary>Tells the others, by a row in the database that they share, that this node is there.</summary>
internal sealed class NodeBeat(
    ThisNode node, IDbContextFactory<AniWorldDbContext> databases, TimeProvider time, ILogger<NodeBeat> logger) : BackgroundService
{
    /// <summary>Who was not heard of for so long is not there.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(7);

    private static readonly string Version =
        typeof(NodeBeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (node.IsShared)
        {
            await TryBeatAsync(stoppingToken);
            await time.EveryAsync(Every, TryBeatAsync, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (node.IsShared)
        {
            await TryAsync(LeaveAsync, cancellationToken);
        }
    }

    /// <summary>By the server's clock, which is the same for all.</summary>
    internal async Task BeatAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Nodes" ("Id", "Name", "Version", "StartedAt", "BeatAt")
            VALUES ({node.Id}, {Environment.MachineName}, {Version}, {_startedAt}, clock_timestamp())
            ON CONFLICT ("Id") DO UPDATE SET
                "Name" = excluded."Name", "Version" = excluded."Version", "StartedAt" = excluded."StartedAt", "BeatAt" = excluded."BeatAt"
            """,
            cancellationToken);
        await database.Database.ExecuteSqlAsync(
            $"""DELETE FROM "Nodes" WHERE "BeatAt" < clock_timestamp() - {ForgottenAfter}""", cancellationToken);
    }

    private Task TryBeatAsync(CancellationToken cancellationToken) => TryAsync(BeatAsync, cancellationToken);

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Set<Node>().Where(one => one.Id == node.Id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>A database that is away for a while is no reason to end; whoever looks sees that this node is not heard of.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("The other nodes cannot be told that this one is there: {Reason}", e.GetBaseException().Message);
        }
    }
}

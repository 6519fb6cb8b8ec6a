using System.Globalization;
using System.Text;
using AniWorld.Data;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>
/// What must reach all nodes, kept for a while in the database that they share. How a download ended is stored here in one transaction with
/// the download itself: who is killed right after that has told it all the same.
/// </summary>
internal sealed class EventLog(ThisNode node, IDbContextFactory<AniWorldDbContext> databases)
{
    /// <summary>Longer than a node may be frozen or away and still go on with its clients.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>As long as a restart takes, and its clients to come back.</summary>
    private static readonly TimeSpan Restart = TimeSpan.FromMinutes(1);

    private ulong? _from;

    /// <summary>Stores an event in the caller's transaction, where there are other nodes.</summary>
    /// <returns>The event as it is to be published once that is committed.</returns>
    public async Task<ProgressEvent> KeepAsync(AniWorldDbContext database, ProgressEvent happened, CancellationToken cancellationToken = default)
    {
        if (!node.IsShared)
        {
            return happened;
        }

        var id = Guid.NewGuid();
        await AddAsync(database, [new NodeMessage(id, node.Run) { Event = happened }], cancellationToken);
        return happened with { KeptAs = id };
    }

    public async Task AddAsync(IEnumerable<NodeMessage> messages, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await AddAsync(database, messages, cancellationToken);
    }

    /// <summary>What the other nodes told since the last call; with the first one, what they tell from now on.</summary>
    /// <remarks>
    /// A transaction may be committed long after later ones were. So each look begins where the oldest began that was still open at the
    /// look before, and finds some things twice.
    /// </remarks>
    public async Task<IReadOnlyList<NodeMessage>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var oldest = ulong.Parse(
            await database.Database.SqlQuery<string>($"SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS \"Value\"").SingleAsync(cancellationToken),
            CultureInfo.InvariantCulture);

        if (_from is not { } known)
        {
            _from = oldest;
            return [];
        }

        // Numbers that went back are another server's.
        var from = known <= oldest ? known : oldest;
        var texts = await database.Database
            .SqlQuery<string>(
                $"""
                SELECT "Message" AS "Value" FROM "NodeEvents"
                WHERE "Transaction" >= {from.ToString(CultureInfo.InvariantCulture)}::text::xid8 AND "Origin" <> {node.Run} ORDER BY "Number"
                """)
            .ToListAsync(cancellationToken);
        _from = oldest;
        return Messages(texts);
    }

    /// <summary>What all nodes told in the last minute, an earlier run of this one as well.</summary>
    public async Task<IReadOnlyList<NodeMessage>> RecentAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return Messages(await database.Database
            .SqlQuery<string>($"""SELECT "Message" AS "Value" FROM "NodeEvents" WHERE "At" > clock_timestamp() - {Restart} ORDER BY "Number" """)
            .ToListAsync(cancellationToken));
    }

    /// <summary>Removes what is older than anybody needs.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync($"""DELETE FROM "NodeEvents" WHERE "At" < clock_timestamp() - {Kept}""", cancellationToken);
    }

    private static IReadOnlyList<NodeMessage> Messages(IEnumerable<string> texts) =>
        [.. texts.Select(text => NodeMessageJson.Read(Encoding.UTF8.GetBytes(text))).OfType<NodeMessage>()];

    /// <summary>What is there already stays as it is: a first try may have come through whose answer was lost.</summary>
    private async Task AddAsync(AniWorldDbContext database, IEnumerable<NodeMessage> messages, CancellationToken cancellationToken)
    {
        var rows = messages.Select(message => (message.Id, Json: NodeMessageJson.Write(message))).Where(row => row.Json is not null).ToList();
        var ids = rows.Select(row => row.Id).ToArray();
        var texts = rows.Select(row => Encoding.UTF8.GetString(row.Json!)).ToArray();
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "NodeEvents" ("Id", "Origin", "Message")
            SELECT id, {node.Run}, message FROM unnest({ids}, {texts}) WITH ORDINALITY AS told (id, message, place) ORDER BY place
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}

using System.CommandLine;
using System.Globalization;
using AniWorld.Blazor.CommandLine;
using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using AniWorld.Services.Configuration;
using AniWorld.Services.Move;

namespace AniWorld.Blazor.Move;

/// <summary><c>aniworld db move</c>: takes the SQLite database over to PostgreSQL.</summary>
internal static class DatabaseCommand
{
    private const int RowsBetweenLines = 10_000;

    public static Command Create(CommandFrame frame)
    {
        var to = new Option<string>("--to")
        {
            Description = "How to reach the empty database; the password may be in PGPASSWORD instead, where nobody sees it",
            HelpName = "CONNECTION",
            Required = true,
        };
        var move = frame.Local(
            new Command("move", "Copy everything to a PostgreSQL database, and compare it there; nothing is changed here. Killed, it goes on with the next call") { to },
            (given, data, output, token) => MoveAsync(data, given.GetValue(to)!, output, token));
        return new Command("db", "The database") { move };
    }

    private static async Task<int> MoveAsync(DataFolder data, string connectionString, CommandOutput output, CancellationToken cancellationToken)
    {
        using var taken = DataFolderLock.TryTake(data)
            ?? throw new StartException("A server uses the data folder. Stop it, move, then start it on the new database.");
        var tables = await MoveToServer.RunAsync(data, connectionString, TimeProvider.System, progress => Tell(progress, output), cancellationToken);
        output.Write(MoveReport.Of(tables), () =>
        {
            output.Table(["Table", "Rows", "Hash"], tables.Select(Row));
            output.Say("All of it is there, and the same. Set database.provider to postgresql and database.connection_string for the server");
            output.Say("(ANIWORLD__DATABASE__PROVIDER, ANIWORLD__DATABASE__CONNECTION_STRING), and start it. The file here is as it was.");
        });
        return ExitCode.Done;
    }

    private static void Tell(MoveProgress progress, CommandOutput output)
    {
        if (progress.Verified)
        {
            output.Say(string.Create(CultureInfo.InvariantCulture, $"{progress.Table}: {progress.Rows} rows, compared"));
        }
        else if (progress.Rows % RowsBetweenLines == 0)
        {
            output.Say(string.Create(CultureInfo.InvariantCulture, $"{progress.Table}: {progress.Rows} rows …"));
        }
    }

    private static string[] Row(TableContent table) => [table.Table, table.Rows.ToString(CultureInfo.InvariantCulture), table.Hash[..16]];
}

/// <summary>What is in the new database, table by table.</summary>
internal sealed record MoveReport(long Rows, IReadOnlyList<TableContent> Tables)
{
    public static MoveReport Of(IReadOnlyList<TableContent> tables) => new(tables.Sum(table => table.Rows), tables);
}

using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using Npgsql;

namespace AniWorld.Services.Backups;

/// <summary>On PostgreSQL a copy is what <c>pg_dump</c> writes. It is never run as the program that it is: only the rows in it are read.</summary>
/// <param name="tool">Path of <c>pg_dump</c>; <see langword="null"/> when not installed.</param>
internal sealed class PostgreSqlCopies(DatabasePlace.Server place, NpgsqlDataSource source, Func<string?> tool, TimeProvider time) : IDatabaseCopies
{
    public const string File = "aniworld.sql";

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public string FileName => File;

    public async Task<string?> MakeAsync(string target, CancellationToken cancellationToken)
    {
        var path = tool() ?? throw new FaultException(
            FaultCode.ToolMissing, new Sentence("fault_pg_dump_missing"));
        var server = new NpgsqlConnectionStringBuilder(place.ConnectionString);
        var schema = await SchemaAsync(cancellationToken);
        string[] arguments =
        [
            "--format=plain", "--no-owner", "--no-privileges", "--no-comments", "--encoding=UTF8", "--no-password",
            $"--schema={schema}", $"--file={target}",
            $"--exclude-table-data={schema}.{PostgreSqlContext.ClockTables}*",
            .. PostgreSqlContext.OwnTables.Select(table => $"--exclude-table-data={schema}.\"{table}\""),
        ];
        var result = await ExternalTool.RunAsync(path, arguments, Patience, cancellationToken, environment: Environment(server));
        return result.ExitCode == 0
            ? await LastMigrationAsync(cancellationToken)
            : throw new FaultException(FaultCode.ToolFailed, new Sentence("fault_pg_dump_failed", result.LastLine));
    }

    public async Task PrepareAsync(string copy, CancellationToken cancellationToken) =>
        await (await RestoreStaging.FillAsync(place, copy, time, cancellationToken)).DisposeAsync();

    public async Task<IDatabaseReplacement> BeginAsync(string copy, CancellationToken cancellationToken)
    {
        var staging = await RestoreStaging.FillAsync(place, copy, time, cancellationToken);
        try
        {
            return await PostgreSqlReplacement.BeginAsync(staging, time, cancellationToken);
        }
        catch
        {
            await staging.DisposeAsync();
            throw;
        }
    }

    public Task<int> MarkAsync(CancellationToken cancellationToken) => PostgreSqlReplacement.MarkAsync(source, cancellationToken);

    private async Task<string> SchemaAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT quote_ident(current_schema())");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<string?> LastMigrationAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\"");
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>The password is in none of its arguments, which every user of the machine can read.</summary>
    private static Dictionary<string, string> Environment(NpgsqlConnectionStringBuilder server)
    {
        var variables = new Dictionary<string, string> { ["PGHOST"] = server.Host ?? "", ["PGPORT"] = $"{server.Port}", ["PGDATABASE"] = server.Database ?? "" };
        foreach (var (name, value) in new[] { ("PGUSER", server.Username), ("PGPASSWORD", server.Password), ("PGPASSFILE", server.Passfile) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                variables[name] = value;
            }
        }

        variables["PGSSLMODE"] = server.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            var mode => mode.ToString().ToLowerInvariant(),
        };
        return variables;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AniWorld.Blazor.CommandLine;
using KeptBackup = AniWorld.Services.Backups.Backup;

namespace AniWorld.Blazor.Configuration;

/// <summary><c>aniworld config backup</c> and <c>aniworld config restore</c>.</summary>
internal static class BackupCommands
{
    private const string Address = "/api/config/backups";

    public static Command Backup(CommandFrame frame)
    {
        var list = new Option<bool>("--list") { Description = "List the backups there are, newest first; make none" };
        return frame.OnServer(new Command("backup", "Back the configuration and the database up now") { list }, async (given, server, output, token) =>
        {
            if (given.GetValue(list))
            {
                var backups = await server.Api.GetAsync<KeptBackup[]>(Address, token);
                output.Write(backups, () => output.Table(["Name", "Made", "Bytes", "Reason", "Parts"], backups.Select(Row)));
                return ExitCode.Done;
            }

            var made = await server.Api.PostAsync<KeptBackup>(Address, null, token);
            output.Write(made, () => output.Say($"Made {made.Name} ({string.Join(" and ", made.Parts)}, {made.SizeBytes} bytes)."));
            return ExitCode.Done;
        });
    }

    public static Command Restore(CommandFrame frame)
    {
        var name = new Argument<string>("name") { Description = "As 'aniworld config backup --list' shows it", HelpName = "NAME" };
        var parts = new Option<string[]>("--parts")
        {
            Description = "config, database or both (config,database); default config",
            HelpName = "PARTS",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("restore", "Put a backup in force; the present state is backed up before") { name, parts };
        return frame.OnServer(command, async (given, server, output, token) =>
        {
            var chosen = (given.GetValue(parts) ?? [])
                .SelectMany(some => some.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .ToList();
            var path = $"{Address}/{Uri.EscapeDataString(given.GetValue(name)!)}/restore";
            var answer = await server.Api.PostAsync<JsonElement>(path, new RestoreRequest(chosen.Count > 0 ? chosen : null), token);
            output.Write(answer, () => output.Say($"{given.GetValue(name)} is in force."));
            return ExitCode.Done;
        });
    }

    private static string[] Row(KeptBackup backup) =>
    [
        backup.Name,
        backup.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        backup.SizeBytes.ToString(CultureInfo.InvariantCulture),
        backup.Reason,
        string.Join(", ", backup.Parts),
    ];
}

using System.CommandLine;
using AniWorld.Blazor.CommandLine;
using AniWorld.Services.Import;
using Spectre.Console;

namespace AniWorld.Blazor.Import;

/// <summary><c>aniworld import</c>: takes over an older Python installation. Shows what it would do, and does it when that is confirmed.</summary>
internal static class ImportCommand
{
    private const int MostRemarks = 100;

    public static Command Create(CommandFrame frame)
    {
        var path = new Argument<string>("path") { Description = "The old installation's folder, in which 'data' is", HelpName = "PATH" };
        var library = new Option<string?>("--library") { Description = "Where its videos are now, if not where its config.json says", HelpName = "DIR" };
        var apply = new Option<bool>("--apply") { Description = "Do it; without this it is only shown, and asked for on a terminal" };
        var command = new Command("import", "Take over an older Python installation; nothing of it is changed") { path, library, apply };
        return frame.Local(command, async (given, data, output, token) =>
        {
            await using var local = LocalHost.Open(data, frame.Settings);
            var import = local.Services.GetRequiredService<ImportService>();
            if (await import.PlanAsync(given.GetValue(path)!, given.GetValue(library), token) is not { } plan)
            {
                throw new ApiRefusal(
                    StatusCodes.Status404NotFound,
                    $"There is no old installation in {given.GetValue(path)}: neither data/config.json nor data/aniworld.db, nor a library with its 'data' files.");
            }

            var confirmed = given.GetValue(apply);
            if (!confirmed)
            {
                output.Write(ImportReport.Of(plan, applied: false), () => Show(plan, output));
                confirmed = output.IsTerminal && !Console.IsInputRedirected && !plan.IsEmpty
                    && await new ConfirmationPrompt("Take this over?") { DefaultValue = false }.ShowAsync(AnsiConsole.Console, token);
                if (!confirmed)
                {
                    output.Say("Nothing was changed. With --apply it is taken over.");
                    return ExitCode.Done;
                }
            }

            return await ApplyAsync(local, import, plan, output, token);
        }, makesFolder: true);
    }

    private static async Task<int> ApplyAsync(
        LocalHost local, ImportService import, ImportPlan plan, CommandOutput output, CancellationToken cancellationToken)
    {
        if (!local.IsAlone)
        {
            throw new StartException("A server uses the data folder. Stop it, import, then start it again.");
        }

        await local.MigrateAsync(cancellationToken);
        var done = await import.ApplyAsync(plan, cancellationToken);
        output.Write(ImportReport.Of(done, applied: true), () =>
        {
            Show(done, output);
            output.Say("Taken over. Switch a catalogue on (settings, or 'aniworld config set providers.aniworld.enabled true'),");
            output.Say("then 'aniworld scan' finds your files.");
        });
        return ExitCode.Done;
    }

    private static void Show(ImportPlan plan, CommandOutput output)
    {
        output.Say($"Series: {plan.NewSeries} new, {plan.KnownSeries} known already; episodes: {plan.NewEpisodes} new");
        output.Say($"Queue: {plan.Downloads.Count} items");
        output.Say($"Master password: {(plan.PasswordHash is null ? "not taken over" : "taken over, the old one stays valid")}");
        foreach (var setting in plan.Settings)
        {
            output.Say($"Setting {setting.Path}: {setting.Value}");
        }

        foreach (var remark in plan.Remarks.Take(MostRemarks))
        {
            output.Say($"Note: {remark}");
        }

        if (plan.Remarks.Count > MostRemarks)
        {
            output.Say($"And {plan.Remarks.Count - MostRemarks} more notes; --json has all of them.");
        }
    }
}

/// <summary>What was, or would be, taken over.</summary>
internal sealed record ImportReport(
    bool Applied,
    int NewSeries,
    int KnownSeries,
    int NewEpisodes,
    int QueueItems,
    bool PasswordTaken,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<string> Remarks)
{
    public static ImportReport Of(ImportPlan plan, bool applied) => new(
        applied,
        plan.NewSeries,
        plan.KnownSeries,
        plan.NewEpisodes,
        plan.Downloads.Count,
        plan.PasswordHash is not null,
        plan.Settings.ToDictionary(setting => setting.Path, setting => setting.Value),
        [.. plan.Remarks.Select(remark => remark.ToString())]);
}

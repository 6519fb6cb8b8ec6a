using System.CommandLine;
using AniWorld.Blazor.Downloads;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.CommandLine;

/// <summary>The commands of <c>aniworld</c>: a line for each. Without one it serves.</summary>
internal static class Commands
{
    /// <returns>The process's <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Settings have names of their own making, so they are taken out before the commands' options are looked at.
        var settings = SettingArguments.Split(args, ServeCommand.HostSections);
        var serve = ServeCommand.Create("serve", args);
        var root = new RootCommand("AniWorld keeps an anime library complete. Without a command it serves, as 'aniworld serve' does.")
        {
            serve,
            FetchCommand.Create(settings),
        };
        ServeCommand.MakeDefault(root, args);

        var parsed = root.Parse(settings.Others, new ParserConfiguration { ResponseFileTokenReplacer = null });
        IReadOnlyList<string> errors = [.. parsed.Errors.Select(error => error.Message), .. settings.Problems];
        if (errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{string.Join('\n', errors)}\nWhat there is: aniworld {NameOf(parsed)}--help");
            return ExitCode.Usage;
        }

        // Each command ends by itself when it is told to; the server needs more time for that than is granted here by default.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static string NameOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}

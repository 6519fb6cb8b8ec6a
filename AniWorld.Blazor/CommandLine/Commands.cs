using System.CommandLine;
using AniWorld.Blazor.Auth;
using AniWorld.Blazor.Catalogue;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Diagnosis;
using AniWorld.Blazor.Downloads;
using AniWorld.Blazor.Import;
using AniWorld.Blazor.Library;
using AniWorld.Blazor.Move;
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
        var parsed = Root(args, settings).Parse(settings.Others, new ParserConfiguration { ResponseFileTokenReplacer = null });
        IReadOnlyList<string> errors = IsSuggestion(args) ? [] : [.. parsed.Errors.Select(error => error.Message), .. settings.Problems];
        if (errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{string.Join('\n', errors)}\nWhat there is: aniworld {NameOf(parsed)}--help");
            return ExitCode.Usage;
        }

        // Each command ends by itself when it is told to; the server needs more time for that than is granted here by default.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    internal static RootCommand Root(string[] args, SettingArguments settings)
    {
        var frame = new CommandFrame(settings);
        var root = new RootCommand("AniWorld keeps an anime library complete. Without a command it serves, as 'aniworld serve' does.")
        {
            ServeCommand.Create("serve", args),
            SearchCommand.Create(frame),
            AddCommand.Create(frame),
            ListCommand.Create(frame),
            ScanCommand.Create(frame),
            DownloadCommand.Create(frame),
            QueueCommand.Create(frame),
            FetchCommand.Create(settings),
            ConfigCommand.Create(frame),
            PasswordCommand.Create(frame),
            ImportCommand.Create(frame),
            DoctorCommand.Create(frame),
            DatabaseCommand.Create(frame),
            CompletionCommand.Create(),
        };
        ServeCommand.MakeDefault(root, args);
        return root;
    }

    /// <summary>A shell asks what could follow; a half-typed line is no fault then.</summary>
    private static bool IsSuggestion(string[] args) => args is [['[', 's', 'u', 'g', 'g', 'e', 's', 't', ..], ..];

    private static string NameOf(ParseResult parsed) => string.Concat(
        parsed.CommandResult.Command is RootCommand ? [] : Path(parsed.CommandResult).Reverse().Select(name => name + " "));

    private static IEnumerable<string> Path(System.CommandLine.Parsing.SymbolResult? result)
    {
        for (; result is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command; result = result.Parent)
        {
            yield return command.Command.Name;
        }
    }
}

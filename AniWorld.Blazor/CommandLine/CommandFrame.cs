using System.CommandLine;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;

namespace AniWorld.Blazor.CommandLine;

/// <summary>What all commands but <c>serve</c> and <c>fetch</c> have in common: where the data is, how they print, how they end.</summary>
/// <param name="settings">Those given on the command line.</param>
internal sealed class CommandFrame(SettingArguments settings)
{
    private readonly Option<string?> _data = new("--data") { Description = "AniWorld's data folder, default ANIWORLD_DATA or ./data", HelpName = "DIR" };

    private readonly Option<string?> _logs = new("--logs") { Description = "Folder of the logs, default ANIWORLD_LOGS or ./logs", HelpName = "DIR" };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, for programs" };

    public SettingArguments Settings => settings;

    /// <summary>A command that speaks REST.</summary>
    /// <param name="act">Returns an <see cref="ExitCode"/>.</param>
    /// <param name="use">What the server is for that is started when none runs.</param>
    public Command OnServer(
        Command command,
        Func<ParseResult, ServerConnection, CommandOutput, CancellationToken, Task<int>> act,
        HostUse use = HostUse.Command) => Local(command, async (given, data, output, token) =>
    {
        await using var server = await ServerConnection.OpenAsync(data, settings, use, token);
        return await act(given, server, output, token);
    });

    /// <summary>A command that does its work itself.</summary>
    /// <param name="act">Returns an <see cref="ExitCode"/>.</param>
    /// <param name="makesFolder">A data folder that is not there is made; otherwise a command in the wrong place must not leave one behind.</param>
    public Command Local(
        Command command, Func<ParseResult, DataFolder, CommandOutput, CancellationToken, Task<int>> act, bool makesFolder = false)
    {
        command.Options.Add(_data);
        command.Options.Add(_logs);
        command.Options.Add(_json);
        command.SetAction((given, _) => RunAsync(token =>
        {
            var data = DataFolderArguments.Of(Before(given, _data), Before(given, _logs));
            return makesFolder || Directory.Exists(data.Root)
                ? act(given, data, new CommandOutput(Console.Out, given.GetValue(_json), !Console.IsOutputRedirected), token)
                : throw new StartException(
                    $"There is no data folder at {data.Root}. Say with --data DIR where it is, or make an empty one for a new AniWorld.");
        }));
        return command;
    }

    /// <summary>An option may stand before the command's name, too, where it is the server's.</summary>
    private static string? Before(ParseResult given, Option<string?> option) =>
        given.GetValue(option) ?? given.RootCommandResult.GetValue<string?>(option.Name);

    private static async Task<int> RunAsync(Func<CancellationToken, Task<int>> act)
    {
        using var interruption = new Interruption();
        try
        {
            return await act(interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (ApiRefusal refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return refusal.ExitCode;
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync($"The server has gone away: {e.Message}");
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is StartException or InvalidConfigurationException or FaultException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
    }
}

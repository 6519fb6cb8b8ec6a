using System.CommandLine;
using System.Diagnostics;
using AniWorld.Blazor.CommandLine;
using AniWorld.Services.Auth;
using Spectre.Console;

namespace AniWorld.Blazor.Auth;

/// <summary><c>aniworld password</c>: sets a new master password for the owner of the data folder, who has forgotten the old one.</summary>
internal static class PasswordCommand
{
    public static Command Create(CommandFrame frame)
    {
        var command = new Command("password", "Set a new master password and end all sessions; asks twice, or reads a line from a pipe");
        return frame.Local(command, async (_, data, output, token) =>
        {
            if (await ReadAsync(token) is not { } password)
            {
                return ExitCode.Usage;
            }

            await using var local = LocalHost.Open(data, frame.Settings);
            await local.MigrateAsync(token);
            return await SetAsync(local.Services.GetRequiredService<AuthService>(), password, output, token);
        });
    }

    private static async Task<int> SetAsync(AuthService auth, string password, CommandOutput output, CancellationToken cancellationToken)
    {
        switch (await auth.ResetPasswordAsync(password, cancellationToken))
        {
            case PasswordResult.Changed:
                output.Write(Acknowledgement.Ok, () => output.Say("The master password is set, and all sessions are ended. API keys stay valid."));
                return ExitCode.Done;
            case PasswordResult.Invalid(var objection):
                await Console.Error.WriteLineAsync(objection);
                return ExitCode.Usage;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Exactly as typed.</summary>
    private static async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            if (await Console.In.ReadLineAsync(cancellationToken) is { } line)
            {
                return line;
            }

            await Console.Error.WriteLineAsync("There was no password on standard input.");
            return null;
        }

        // The first look at the keyboard switches the terminal's echo off; what is typed ahead of the question must not show either.
        _ = Console.KeyAvailable;
        // Asked for on the error stream, so that the output may go elsewhere.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var first = await AskAsync(console, "New master password:", cancellationToken);
        if (await AskAsync(console, "The same again:", cancellationToken) == first)
        {
            return first;
        }

        await Console.Error.WriteLineAsync("The two are not the same; nothing was changed.");
        return null;
    }

    private static Task<string> AskAsync(IAnsiConsole console, string question, CancellationToken cancellationToken) =>
        new TextPrompt<string>(question).Secret(null).AllowEmpty().ShowAsync(console, cancellationToken);
}

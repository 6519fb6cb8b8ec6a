using System.CommandLine;

namespace AniWorld.Blazor.CommandLine;

/// <summary><c>aniworld completion SHELL</c>: prints what a shell needs to complete commands, options and their values with the Tab key.</summary>
/// <remarks>The scripts ask <c>aniworld "[suggest:POSITION]" "LINE"</c>, which System.CommandLine answers.</remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        _aniworld_complete() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _aniworld_complete aniworld
        """;

    private const string Zsh = """
        #compdef aniworld
        _aniworld() {
          local line="${words[*]}"
          compadd -- "${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}"
        }
        compdef _aniworld aniworld
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh", HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion", "Print a script for completion with the Tab key, as in: source <(aniworld completion bash)") { shell };
        command.SetAction(given =>
        {
            Console.Out.WriteLine(given.GetValue(shell) == "bash" ? Bash : Zsh);
            return ExitCode.Done;
        });
        return command;
    }
}

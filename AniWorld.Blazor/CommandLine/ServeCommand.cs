using System.CommandLine;

namespace AniWorld.Blazor.CommandLine;

/// <summary><c>aniworld serve</c>, and <c>aniworld</c> without a command: the server.</summary>
internal static class ServeCommand
{
    /// <summary>What the host takes from the command line besides AniWorld's own settings, such as <c>--Kestrel:Certificates:Default:Path</c>.</summary>
    public static readonly string[] HostSections = ["Kestrel", "Serilog"];

    /// <param name="args">All arguments: the host reads them itself.</param>
    public static Command Create(string name, string[] args)
    {
        var command = new Command(name, "Run the server (the default)");
        AddTo(command, args);
        return command;
    }

    public static void MakeDefault(RootCommand root, string[] args) => AddTo(root, args);

    private static void AddTo(Command command, string[] args)
    {
        command.Options.Add(new Option<string>("--data") { Description = "Folder of AniWorld's own files, default ./data", HelpName = "DIR" });
        command.Options.Add(new Option<string>("--logs") { Description = "Folder of the logs, default ./logs", HelpName = "DIR" });
        command.Options.Add(new Option<string>("--urls") { Description = "Addresses to listen on, default http://127.0.0.1:8000", HelpName = "URLS" });
        command.Options.Add(new Option<string>("--role")
        {
            Description = "web (pages and API), worker (downloads and tasks) or all (the default); for nodes that share a PostgreSQL database",
            HelpName = "ROLE",
        });
        command.SetAction((_, _) => Program.ServeAsync(args));
    }
}

using System.CommandLine;
using AniWorld.Blazor.CommandLine;
using AniWorld.Blazor.Library;

namespace AniWorld.Blazor.Catalogue;

/// <summary><c>aniworld add</c>: adds the series that a link leads to.</summary>
internal static class AddCommand
{
    public static Command Create(CommandFrame frame)
    {
        var link = new Argument<string>("link") { Description = "Address of the series' page in a catalogue", HelpName = "LINK" };
        var name = new Option<string?>("--name") { Description = "Another name than the catalogue's", HelpName = "NAME" };
        var folder = new Option<string?>("--folder") { Description = "Another folder than the naming template gives", HelpName = "FOLDER" };
        var command = new Command("add", "Add a series to the library") { link, name, folder };
        return frame.OnServer(command, async (given, server, output, token) =>
        {
            var request = new AddRequest { Link = given.GetValue(link)!, Name = given.GetValue(name), Folder = given.GetValue(folder) };
            var added = await server.Api.PostAsync<AnimeSummary>("/api/anime/add", request, token);
            output.Write(added, () => output.Say(
                $"Added {added.Name} ({added.Key}): {added.EpisodeCount} episodes, {added.MissingCount} missing, folder {added.Folder}"));
            return ExitCode.Done;
        });
    }
}

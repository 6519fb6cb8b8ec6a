using System.CommandLine;
using System.Globalization;
using AniWorld.Blazor.CommandLine;
using AniWorld.Blazor.Library;

namespace AniWorld.Blazor.Catalogue;

/// <summary><c>aniworld search</c>: what the catalogues have under a name.</summary>
internal static class SearchCommand
{
    public static Command Create(CommandFrame frame)
    {
        var text = new Argument<string[]>("text") { Description = "What to search for", HelpName = "TEXT", Arity = ArgumentArity.OneOrMore };
        var provider = new Option<string?>("--provider") { Description = "Only this catalogue, such as aniworld", HelpName = "NAME" };
        var command = new Command("search", "Search the catalogues that are switched on") { text, provider };
        return frame.OnServer(command, async (given, server, output, token) =>
        {
            var request = new SearchRequest { Query = string.Join(' ', given.GetValue(text)!), Provider = given.GetValue(provider) };
            var hits = await server.Api.PostAsync<SearchHitJson[]>("/api/anime/search", request, token);
            output.Write(hits, () => Show(hits, output));
            return hits.Length > 0 ? ExitCode.Done : ExitCode.NotFound;
        });
    }

    private static void Show(SearchHitJson[] hits, CommandOutput output)
    {
        if (hits.Length == 0)
        {
            output.Say("Nothing was found.");
            return;
        }

        output.Table(
            ["Name", "Year", "Link", ""],
            hits.Select(hit => (string[])[hit.Name, hit.Year?.ToString(CultureInfo.InvariantCulture) ?? "", hit.Link, hit.InLibrary ? "in the library" : ""]));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Auth;

/// <summary>Puts the choices of the set-up into the configuration, as one change.</summary>
internal sealed class SetupConfiguration(ConfigService configuration) : ISetupConfiguration
{
    public async Task<IReadOnlyDictionary<string, string[]>> CheckAsync(SetupChoices choices, CancellationToken cancellationToken) =>
        ByMember((await configuration.ValidateAsync(Patch(choices), cancellationToken)).Errors);

    public async Task<IReadOnlyDictionary<string, string[]>> ApplyAsync(SetupChoices choices, CancellationToken cancellationToken) =>
        ByMember(await configuration.PutAsync(Patch(choices), cancellationToken) is ConfigChange.Invalid(var problems) ? problems : []);

    private static JsonElement Patch(SetupChoices choices)
    {
        var patch = new JsonObject();
        if (choices.AnimeDirectory is { } folder)
        {
            patch["anime_directory"] = folder;
        }

        return JsonSerializer.SerializeToElement(patch);
    }

    private static Dictionary<string, string[]> ByMember(IReadOnlyList<ConfigProblem> problems) =>
        problems.GroupBy(p => p.Path).ToDictionary(g => g.Key, g => g.Select(p => p.Message).ToArray());
}

using AniWorld.Services.Auth;

namespace AniWorld.Tests;

/// <summary>Takes every choice but the folder <c>/refused</c>, and remembers it.</summary>
internal sealed class ChosenConfiguration : ISetupConfiguration
{
    public SetupChoices? Applied { get; private set; }

    public Task<IReadOnlyDictionary<string, string[]>> CheckAsync(SetupChoices choices, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string[]>>(choices.AnimeDirectory == "/refused"
            ? new Dictionary<string, string[]> { ["anime_directory"] = ["Choose another folder."] }
            : []);

    public Task<IReadOnlyDictionary<string, string[]>> ApplyAsync(SetupChoices choices, CancellationToken cancellationToken)
    {
        Applied = choices;
        return Task.FromResult<IReadOnlyDictionary<string, string[]>>(new Dictionary<string, string[]>());
    }
}

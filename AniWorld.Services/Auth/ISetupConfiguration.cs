namespace AniWorld.Services.Auth;

/// <summary>What set-up asks of the configuration.</summary>
public interface ISetupConfiguration
{
    /// <summary>Looks whether the choices would be accepted; changes nothing.</summary>
    /// <returns>Messages by member; empty when all is well.</returns>
    Task<IReadOnlyDictionary<string, string[]>> CheckAsync(SetupChoices choices, CancellationToken cancellationToken);

    /// <summary>Stores the choices, all or none. A folder that looked well may still turn out not to be.</summary>
    /// <returns>Messages by member; empty when they are stored.</returns>
    Task<IReadOnlyDictionary<string, string[]>> ApplyAsync(SetupChoices choices, CancellationToken cancellationToken);
}

/// <param name="AnimeDirectory">The library's root folder; <see langword="null"/> leaves it as it is.</param>
public sealed record SetupChoices(string? AnimeDirectory)
{
    public bool AreEmpty => AnimeDirectory is null;
}

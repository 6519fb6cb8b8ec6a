namespace AniWorld.Services.Configuration;

/// <summary>No valid configuration can be made: what the environment, the command line or appsettings.json sets is wrong by itself.</summary>
public sealed class InvalidConfigurationException(IReadOnlyList<ConfigProblem> problems)
    : Exception($"The configuration is not valid. {string.Join(" · ", problems)}")
{
    public IReadOnlyList<ConfigProblem> Problems { get; } = problems;
}

using Microsoft.Extensions.Options;

namespace AniWorld.Services.Configuration;

/// <summary>Hands the chain's configuration to whoever asks for options; it is bound and checked already.</summary>
internal sealed class ConfigOptionsFactory(ConfigChain chain) : IOptionsFactory<AniWorldOptions>
{
    public AniWorldOptions Create(string name) => chain.Current;
}

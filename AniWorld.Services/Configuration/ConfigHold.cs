using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Configuration;

/// <summary>The configuration, held still for a restore: nobody else changes it here until this is disposed of.</summary>
/// <param name="document">What is to become <c>config.json</c>; null when it stays.</param>
/// <param name="candidate">What that would make; null with it.</param>
/// <param name="writer">Released at the end.</param>
internal sealed class ConfigHold(ConfigChain chain, JsonObject? document, ConfigCandidate? candidate, SemaphoreSlim writer, ILogger logger)
    : IDisposable
{
    private readonly (JsonObject Document, AniWorldOptions Options) _before = (chain.Document, chain.Current);
    private readonly long _version = chain.Version;

    /// <summary>Why it cannot be put in force; empty when it can.</summary>
    public IReadOnlyList<ConfigProblem> Problems => candidate?.Problems ?? [];

    /// <summary>Puts it in force.</summary>
    /// <exception cref="IOException">It could not be written, or another node changed it meanwhile; nothing changed.</exception>
    public void Write()
    {
        if (document is not null && candidate is { IsValid: true })
        {
            chain.Put(document, candidate.Options, _version, logger);
        }
    }

    /// <summary>Undoes <see cref="Write"/>.</summary>
    public void TakeBack()
    {
        if (document is not null)
        {
            chain.Put(_before.Document, _before.Options, chain.Version, logger);
        }
    }

    public void Dispose() => writer.Release();
}

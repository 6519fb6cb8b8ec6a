using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Auth;

/// <summary>Tells sockets and circuits that what let them in no longer does.</summary>
public sealed class Revocations(ILogger<Revocations> logger)
{
    /// <summary>
    /// Carries the id of a session that was revoked or has expired, or of an API key in the form of <see cref="ApiKeyService.CredentialId"/>.
    /// Raised after the database has it; handlers must not block.
    /// </summary>
    public event Action<string>? SessionRevoked;

    internal void Announce(string id)
    {
        foreach (var handler in SessionRevoked?.GetInvocationList().Cast<Action<string>>() ?? [])
        {
            try
            {
                handler(id);
            }
            catch (Exception e)
            {
                // One listener's fault must not keep the others signed in.
                logger.LogError(e, "A listener failed when session {SessionId} ended", id);
            }
        }
    }
}

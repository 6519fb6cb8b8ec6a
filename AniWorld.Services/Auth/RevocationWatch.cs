using AniWorld.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Auth;

/// <summary>Notices sessions and keys that another process ended, as <c>aniworld password</c> does, so that their sockets are closed here, too.</summary>
/// <remarks>Ends that this process caused are announced once more, which changes nothing.</remarks>
internal sealed class RevocationWatch(
    IDbContextFactory<AniWorldDbContext> databases, SessionService sessions, TimeProvider time, ILogger<RevocationWatch> logger)
    : BackgroundService
{
    private HashSet<string> _known = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(SessionService.Freshness, LookAsync, stoppingToken);

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var revoked = await database.Sessions.Where(s => s.RevokedAt != null).Select(s => s.Id).ToListAsync(cancellationToken);
            var keys = await database.ApiKeys.Where(k => k.RevokedAt != null).Select(k => k.Prefix).ToListAsync(cancellationToken);
            revoked.AddRange(keys.Select(ApiKeyService.CredentialId));
            sessions.Forget(revoked.Where(id => !_known.Contains(id)));
            _known = [.. revoked];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug(e, "Whether sessions or keys were ended elsewhere could not be read; the next look follows");
        }
    }
}
